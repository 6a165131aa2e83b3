using System.Numerics.Tensors;
using NetGen.Engine;

namespace NetGen;

/// <summary>Outputs that stand for classes, one each.</summary>
internal static class Classes
{
    /// <summary>Whether a network has an output for each class.</summary>
    public static bool AreOutputsOf(NetworkDefinition network)
    {
        var dimensions = 0;
        foreach (int extent in network.OutputShape)
            dimensions += extent > 1 ? 1 : 0;
        return dimensions <= 1;
    }

    /// <summary>The class that a sample's outputs speak for: the largest; of one output 1 or 0, yes or no.</summary>
    public static int Of(ReadOnlySpan<float> outputs, OutputForm form) => outputs.Length > 1
        ? TensorPrimitives.IndexOfMax(outputs)
        : outputs[0] > (form == OutputForm.Raw ? 0 : 0.5f) ? 1 : 0;

    /// <summary>Why outputs of a network are no classes to choose from; null where they are.</summary>
    public static string? Mismatch(NetworkDefinition network)
    {
        Shape shape = network.OutputShape;
        if (shape.Size == 1)
            return "of one output its softmax is always 1 and the loss always 0; use Loss.BinaryCrossEntropy for a yes or no, or give the last layer two outputs";
        return AreOutputsOf(network)
            ? null
            : $"it expects one output for each class, and the network's outputs are {shape}; end it with [Flatten] and [Linear(classes)]";
    }
}
