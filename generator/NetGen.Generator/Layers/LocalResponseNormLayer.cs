using NetGen.Generator.Diagnostics;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>LocalResponseNorm: y = x · (k + α/size · Σ x²)^−β over neighbouring channels, zeros beyond the first and the last.</summary>
internal sealed record LocalResponseNormLayer(ResponseWindow Window) : UnaryLayer
{
    public override string Kind => "LocalResponseNorm";

    public override string NamePrefix => "responsenorm";

    public override bool KeepsShape => true;

    /// <summary>PyTorch's defaults.</summary>
    public static Layer Read(LayerArguments arguments) => new LocalResponseNormLayer(
        new ResponseWindow(arguments.Int("size"), arguments.Double("alpha", 1e-4), arguments.Double("beta", 0.75), arguments.Double("k", 1)));

    public override string Details(TensorShape input) => FormattableString.Invariant($"{Window.Size} channels");

    public override IEnumerable<Problem> CheckArguments() =>
    [
        .. Check.AtLeast(1, Kind, "size", Window.Size),
        .. Check.That(Window.Alpha is >= 0 and <= float.MaxValue, Kind, "alpha", "at least 0 and finite", Window.Alpha),
        .. Check.That(Window.Beta is >= 0 and <= float.MaxValue, Kind, "beta", "at least 0 and finite", Window.Beta),
        .. Check.That(Window.K is >= 0 and <= float.MaxValue, Kind, "k", "at least 0 and finite", Window.K),
    ];

    public override Inference Infer(TensorShape input) => Check.Dimensions(Kind, input, 2, 1, 3) is { } other ? other : input;

    public override int Describe(ProgramBuilder program, int x, TensorShape output)
    {
        int scale = program.New(output, "scale"), y = program.New(output);
        program.Emit(new ResponseNormalization(program.Node, Window, x, scale, y));
        return y;
    }
}
