using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>A layer as its attribute declares it: plain values, nothing of where it stands.</summary>
internal abstract record Layer
{
    /// <summary>The attribute's name, which messages use: <c>Conv2d</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>What automatic names begin with: <c>conv</c> for conv1, conv2.</summary>
    public abstract string NamePrefix { get; }

    /// <summary>The first automatic name has no number, because a network has seldom two: <c>flatten</c>.</summary>
    public virtual bool IsSeldomRepeated => false;

    /// <summary>Whether the output is the input's memory, seen with another shape.</summary>
    public virtual bool IsView => false;

    /// <summary>What its outputs are, for the loss of a network that ends in it.</summary>
    public virtual OutputForm OutputFormOf(TensorShape output) => OutputForm.Raw;

    /// <summary>The output has the input's shape whatever the arguments, so a wrong one does not stop inference.</summary>
    public virtual bool KeepsShape => false;

    /// <summary>The arguments in a few words, for the layer table; empty where there is nothing to say.</summary>
    public virtual string Details(TensorShape input) => "";

    /// <summary>Mistakes that are there whatever the input: numbers out of range.</summary>
    public virtual IEnumerable<Problem> CheckArguments() => [];

    /// <summary>Whether it takes the outputs of several layers.</summary>
    public virtual bool Merges => false;

    /// <summary>
    /// The output shape for the shapes of the inputs: first the one that it takes, then those that it merges with that. Called only if
    /// <see cref="CheckArguments"/> found nothing.
    /// </summary>
    /// <param name="inputs">The shapes.</param>
    /// <param name="names">The layers whose outputs they are, for messages.</param>
    /// <exception cref="OverflowException">The output has more than <see cref="int.MaxValue"/> values.</exception>
    public abstract Inference Infer(EquatableArray<TensorShape> inputs, EquatableArray<string> names);

    /// <summary>Parameters and buffers, in PyTorch's order.</summary>
    public virtual EquatableArray<ParameterSpec> ParameterSpecs(TensorShape input) => [];

    /// <summary>Counts of training batches that PyTorch's files have for such a layer: whole numbers, which no kernel reads.</summary>
    public virtual EquatableArray<string> Counters => [];

    /// <summary>Why no other layer may have its parameters, as the end of a message; null: one may.</summary>
    public virtual string? WhyNotShared => null;

    /// <summary>Multiply-adds of one sample's forward pass. As usual, only products with weights count.</summary>
    public virtual long MultiplyAdds(TensorShape input) => 0;

    /// <summary>Describes the forward pass of the inputs' values as operations, and returns the layer's output.</summary>
    public abstract int Describe(ProgramBuilder program, EquatableArray<int> inputs, TensorShape output);

    /// <summary>Whether, in training, a sample's output depends on the other samples of the batch.</summary>
    public virtual bool CouplesSamples => false;
}
