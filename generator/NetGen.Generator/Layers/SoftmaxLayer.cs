using NetGen.Generator.Diagnostics;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>
/// Softmax and LogSoftmax: eˣⁱ / Σⱼ eˣʲ over the features of a vector or, where dimension 1 is asked for, the channels of each pixel; or its logarithm
/// xᵢ − log Σⱼ eˣʲ.
/// </summary>
/// <param name="IsLog">The logarithm.</param>
/// <param name="Dim">PyTorch's dimension, of which 0 are the samples; null: there is but one that it can be.</param>
internal sealed record SoftmaxLayer(bool IsLog, int? Dim = null) : UnaryLayer
{
    /// <summary>Channels or features.</summary>
    private const int OnlyDim = 1;

    public override string Kind => IsLog ? "LogSoftmax" : "Softmax";

    public override string NamePrefix => IsLog ? "logsoftmax" : "softmax";

    public override bool IsSeldomRepeated => true;

    public static Layer Read(bool isLog, LayerArguments arguments) => new SoftmaxLayer(isLog, arguments.OptionalInt("dim"));

    /// <summary>Losses are over rows of features: what is told of each pixel is for the user to judge.</summary>
    public override OutputForm OutputFormOf(TensorShape output) => !output.IsFlat ? OutputForm.Raw : IsLog ? OutputForm.LogSoftmax : OutputForm.Softmax;

    public override string Details(TensorShape input) => input.IsFlat ? "" : "of each pixel";

    public override IEnumerable<Problem> CheckArguments() =>
        Dim is null or OnlyDim ? [] : Check.That(false, Kind, "dim", "1, the channels or features,", Dim.Value);

    public override Inference Infer(TensorShape input) => Dim is null ? Check.FlatInput(Kind, input) : input;

    public override int Describe(ProgramBuilder program, int x, TensorShape output)
    {
        int y = program.New(output);
        program.Emit(new Softmax(program.Node, IsLog, x, y) { IsPerPixel = !output.IsFlat });
        return y;
    }
}
