using NetGen.Generator.Collections;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>A layer of one input, as most are.</summary>
internal abstract record UnaryLayer : Layer
{
    /// <summary>The output shape for an input shape. Called only if <see cref="Layer.CheckArguments"/> found nothing.</summary>
    /// <exception cref="OverflowException">The output has more than <see cref="int.MaxValue"/> values.</exception>
    public abstract Inference Infer(TensorShape input);

    /// <summary>Describes the forward pass of the values <paramref name="x"/> as operations, and returns the layer's output.</summary>
    public abstract int Describe(ProgramBuilder program, int x, TensorShape output);

    public sealed override Inference Infer(EquatableArray<TensorShape> inputs, EquatableArray<string> names) => Infer(inputs[0]);

    public sealed override int Describe(ProgramBuilder program, EquatableArray<int> inputs, TensorShape output) => Describe(program, inputs[0], output);
}
