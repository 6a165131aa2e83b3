using NetGen.Generator.Collections;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Lowering;

/// <summary>Where the tensors of a pass lie in its arena: tensors that are never needed at the same time share memory.</summary>
/// <param name="Offsets">Offset by name, in floats: within the fixed part, or within the part that is multiplied by the number of samples.</param>
/// <param name="FixedFloats">Size of the fixed part, which comes first.</param>
/// <param name="SampleFloats">Floats for each sample.</param>
internal sealed record MemoryPlan(EquatableArray<KeyValuePair<string, int>> Offsets, int FixedFloats, int SampleFloats)
{
    /// <summary>Fixed and per-sample part of a tensor's place.</summary>
    public (int Fixed, int PerSample) Place(Tensor tensor)
    {
        int offset = Offsets.First(o => o.Key == tensor.Name).Value;
        return tensor.IsPerSample ? (FixedFloats, offset) : (offset, 0);
    }

    /// <summary>Plans memory for instructions that run in order.</summary>
    /// <param name="timeline">What is read or written together, step by step.</param>
    /// <param name="kept">Tensors that must stay as they are to the end.</param>
    public static MemoryPlan Make(IReadOnlyList<IReadOnlyList<Tensor>> timeline, IReadOnlyCollection<Tensor> kept)
    {
        var lives = new Dictionary<string, (Tensor Tensor, int First, int Last)>(StringComparer.Ordinal);
        for (var step = 0; step < timeline.Count; step++)
        {
            foreach (Tensor tensor in timeline[step].Where(t => t.Space == Space.Arena))
            {
                lives[tensor.Name] = lives.TryGetValue(tensor.Name, out (Tensor Tensor, int First, int Last) life)
                    ? life with { Last = step }
                    : (tensor, step, step);
            }
        }
        foreach (Tensor tensor in kept.Where(t => t.Space == Space.Arena))
            lives[tensor.Name] = (tensor, lives.TryGetValue(tensor.Name, out (Tensor Tensor, int First, int Last) life) ? life.First : 0, int.MaxValue);

        var offsets = new List<KeyValuePair<string, int>>();
        int fixedFloats = Pack(lives.Values.Where(l => !l.Tensor.IsPerSample), offsets);
        int sampleFloats = Pack(lives.Values.Where(l => l.Tensor.IsPerSample), offsets);
        return new MemoryPlan(offsets.OrderBy(o => o.Key, StringComparer.Ordinal).ToEquatableArray(), fixedFloats, sampleFloats);
    }

    /// <summary>First fit, larger tensors first: each goes to the lowest place that is free during its life.</summary>
    private static int Pack(IEnumerable<(Tensor Tensor, int First, int Last)> lives, List<KeyValuePair<string, int>> offsets)
    {
        var placed = new List<(int Offset, int Floats, int First, int Last)>();
        foreach ((Tensor tensor, int first, int last) in lives.OrderByDescending(l => l.Tensor.Floats).ThenBy(l => l.First).ThenBy(l => l.Tensor.Name, StringComparer.Ordinal))
        {
            int floats = PassBuilder.Padded(tensor.Floats), offset = 0;
            foreach ((int taken, int size, _, _) in placed.Where(p => p.First <= last && first <= p.Last).OrderBy(p => p.Offset))
            {
                if (offset + floats <= taken)
                    break;
                offset = Math.Max(offset, checked(taken + size));
            }
            placed.Add((offset, floats, first, last));
            offsets.Add(new KeyValuePair<string, int>(tensor.Name, offset));
        }
        return placed.Count == 0 ? 0 : placed.Max(p => checked(p.Offset + p.Floats));
    }
}
