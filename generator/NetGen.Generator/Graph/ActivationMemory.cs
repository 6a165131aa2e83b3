using NetGen.Generator.Collections;

namespace NetGen.Generator.Graph;

/// <summary>
/// The memory of one sample's outputs in a prediction, whatever it is done with: an output is there from the layer that makes it to the last that takes it.
/// A view is its input's memory, and what is done value by value, merged or put side by side takes the place of inputs that nothing else needs. The
/// network's input is not counted, and what only further outputs need is not computed.
/// </summary>
internal static class ActivationMemory
{
    private const int BytesPerFloat = 4;

    /// <summary>For each layer the bytes that must be there while it runs: what it takes, what it makes, and what layers behind it will take.</summary>
    public static IReadOnlyList<long> Of(EquatableArray<GraphLayer> layers)
    {
        bool[] isComputed = Computed(layers);
        int[] memory = Memory(layers), last = LastUses(layers, memory, isComputed);
        var bytes = new long[layers.Count];
        long kept = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (!isComputed[i])
                continue;
            GraphLayer layer = layers[i];
            long made = memory[i] == i ? SizeOf(layer) : 0;
            long left = Taken(layer, memory).Where(from => last[from] == i).Sum(from => SizeOf(layers[from]));
            bytes[i] = kept + made - (layer.Layer.KeepsShape || layer.Layer.Merges ? left : 0);
            kept += made - left;
        }
        return bytes;
    }

    /// <summary>The layers that the last one hangs on, and itself.</summary>
    private static bool[] Computed(EquatableArray<GraphLayer> layers)
    {
        var isComputed = new bool[layers.Count];
        for (int i = layers.Count - 1; i >= 0; i--)
        {
            isComputed[i] |= i == layers.Count - 1;
            foreach (int from in isComputed[i] ? layers[i].Inputs.Where(from => from >= 0) : [])
                isComputed[from] = true;
        }
        return isComputed;
    }

    /// <summary>The layer whose memory each output is in; below 0: the network's input.</summary>
    private static int[] Memory(EquatableArray<GraphLayer> layers)
    {
        var memory = new int[layers.Count];
        for (var i = 0; i < memory.Length; i++)
        {
            int from = layers[i].Inputs[0];
            memory[i] = !layers[i].Layer.IsView ? i : from < 0 ? from : memory[from];
        }
        return memory;
    }

    /// <summary>The last layer that takes what is in each layer's memory; the network's output stays.</summary>
    private static int[] LastUses(EquatableArray<GraphLayer> layers, int[] memory, bool[] isComputed)
    {
        var last = new int[layers.Count];
        for (var i = 0; i < last.Length; i++)
        {
            foreach (int from in isComputed[i] ? Taken(layers[i], memory) : [])
                last[from] = i;
        }
        if (memory.LastOrDefault() is >= 0 and var output && output < last.Length)
            last[output] = layers.Count;
        return last;
    }

    /// <summary>The layers in whose memory is what a layer takes.</summary>
    private static IEnumerable<int> Taken(GraphLayer layer, int[] memory) =>
        layer.Layer.IsView ? [] : layer.Inputs.Select(from => from < 0 ? from : memory[from]).Where(from => from >= 0).Distinct();

    private static long SizeOf(GraphLayer layer) => (long)layer.Output.Size * BytesPerFloat;
}
