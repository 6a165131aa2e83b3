using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>What a layer makes of an input shape.</summary>
/// <param name="Output">The output shape, after a mistake the one that was probably meant; null where it cannot be told.</param>
/// <param name="Problems">Mistakes in the layer's arguments.</param>
internal readonly record struct Inference(TensorShape? Output, EquatableArray<Problem> Problems)
{
    public static implicit operator Inference(TensorShape output) => new(output, []);

    /// <summary>A mistake after which nothing further can be told.</summary>
    public static implicit operator Inference(Problem problem) => new(null, [problem]);

    /// <summary>The output, and a mistake if there is one.</summary>
    public static Inference Of(TensorShape output, Problem? problem) => new(output, problem is null ? [] : [problem]);
}
