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
    public virtual OutputForm OutputForm => OutputForm.Raw;

    /// <summary>The output has the input's shape whatever the arguments, so a wrong one does not stop inference.</summary>
    public virtual bool KeepsShape => false;

    /// <summary>The arguments in a few words, for the layer table; empty where there is nothing to say.</summary>
    public virtual string Details(TensorShape input) => "";

    /// <summary>Mistakes that are there whatever the input: numbers out of range.</summary>
    public virtual IEnumerable<Problem> CheckArguments() => [];

    /// <summary>The output shape for an input shape. Called only if <see cref="CheckArguments"/> found nothing.</summary>
    /// <exception cref="OverflowException">The output has more than <see cref="int.MaxValue"/> values.</exception>
    public abstract Inference Infer(TensorShape input);

    /// <summary>Parameters and buffers, in PyTorch's order.</summary>
    public virtual EquatableArray<ParameterSpec> ParameterSpecs(TensorShape input) => [];

    /// <summary>Counts of training batches that PyTorch's files have for such a layer: whole numbers, which no kernel reads.</summary>
    public virtual EquatableArray<string> Counters => [];

    /// <summary>Multiply-adds of one sample's forward pass. As usual, only products with weights count.</summary>
    public virtual long MultiplyAdds(TensorShape input) => 0;

    /// <summary>The memory of a parameter: floats, and extents and steps of PyTorch's dimensions. Unless a layer says otherwise, values per channel.</summary>
    public virtual ParameterLayout Place(ParameterSpec spec, TensorShape input, Placement placement)
    {
        int size = checked((int)spec.Size);
        return new ParameterLayout(PassBuilder.Padded(size), [new TermAxis(size, 1)]);
    }

    /// <summary>Values of an output where channels are padded to whole vectors; it may be beyond what can be addressed.</summary>
    public static double PaddedSize(TensorShape output) => output.ExactSize / output.Channels * PassBuilder.Padded(output.Channels);

    /// <summary>Describes the forward pass, and names the memory of the output.</summary>
    public abstract Activation Forward(PassBuilder pass, Activation x, TensorShape output);

    /// <summary>Describes the gradients of the parameters.</summary>
    public virtual void ParameterGradients(PassBuilder pass, Activation x, Activation y)
    {
    }

    /// <summary>Describes the gradient of the input.</summary>
    public virtual void InputGradient(PassBuilder pass, Activation x, Activation y)
    {
    }

    /// <summary>How the layer above may multiply by this layer's derivative on its way, told from the stored output; null: it cannot.</summary>
    public virtual Finish? FusedGradient => null;

    /// <summary>Whether its vectors are as full as its channels are many, so that few channels speak for samples as lanes.</summary>
    public virtual bool FillsLanesWithChannels => false;

    /// <summary>Whether its weights may lie as rows of inputs, so that sums run along the lanes.</summary>
    public virtual bool CanSumAlongLanes => false;

    /// <summary>Whether, as the first layer, it can read the user's rows where they are.</summary>
    public virtual bool ReadsRowsInPlace => false;

    /// <summary>Whether, in training, a sample's output depends on the other samples of the batch.</summary>
    public virtual bool CouplesSamples => false;
}
