using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>ReLU, GELU and their like: a function of every value, which gives the layer its name.</summary>
internal sealed record ActivationLayer(Function Function) : UnaryLayer
{
    /// <summary>The numbers of functions that have some.</summary>
    private static readonly IReadOnlyDictionary<FunctionKind, Number[]> Numbers = new Dictionary<FunctionKind, Number[]>
    {
        [FunctionKind.LeakyReLU] = [new("negativeSlope", 0.01, "at least 0 and finite", value => value >= 0)],
        [FunctionKind.ELU] = [new("alpha", 1, "finite", _ => true)],
        [FunctionKind.Softplus] = [new("beta", 1, "above 0 and finite", value => value > 0), new("threshold", 20, "finite", _ => true)],
        [FunctionKind.Scale] = [new("factor", 1, "finite", _ => true)],
    };

    public override string Kind => Function.Kind == FunctionKind.GELUTanh ? nameof(FunctionKind.GELU) : Function.ToString();

    public override string NamePrefix => Kind.ToLowerInvariant();

    public override bool KeepsShape => true;

    public override OutputForm OutputFormOf(TensorShape output) => Function.Kind == FunctionKind.Sigmoid ? OutputForm.Sigmoid : OutputForm.Raw;

    public static Layer Read(FunctionKind kind, LayerArguments arguments) =>
        new ActivationLayer(new Function(kind, NumbersOf(kind).Select(number => arguments.Double(number.Argument, number.Default)).ToEquatableArray()));

    public static Layer ReadGELU(LayerArguments arguments) => Read(arguments.Bool("approximate", false) ? FunctionKind.GELUTanh : FunctionKind.GELU, arguments);

    /// <summary>What PyTorch has as its default goes without saying.</summary>
    public override string Details(TensorShape input) => Function.Kind == FunctionKind.GELUTanh ? "by tanh" : string.Join(", ", NumbersOf(Function.Kind)
        .Zip(Function.Numbers, (number, value) => (number, value)).Where(pair => pair.value != pair.number.Default)
        .Select(pair => FormattableString.Invariant($"{pair.number.Argument} {pair.value:G7}")));

    public override IEnumerable<Problem> CheckArguments() => NumbersOf(Function.Kind).Zip(Function.Numbers, (number, value) =>
        Check.That(number.Holds(value) && Math.Abs(value) <= float.MaxValue, Kind, number.Argument, number.Range, value)).SelectMany(problems => problems);

    public override Inference Infer(TensorShape input) => input;

    public override int Describe(ProgramBuilder program, int x, TensorShape output)
    {
        int y = program.New(output);
        program.Emit(new Map(program.Node, Function, x, y));
        return y;
    }

    private static Number[] NumbersOf(FunctionKind kind) => Numbers.TryGetValue(kind, out Number[]? numbers) ? numbers : [];

    /// <param name="Argument">The attribute's name for it.</param>
    /// <param name="Default">PyTorch's.</param>
    /// <param name="Range">What it must be, in words.</param>
    /// <param name="Holds">The same.</param>
    private sealed record Number(string Argument, double Default, string Range, Func<double, bool> Holds);
}
