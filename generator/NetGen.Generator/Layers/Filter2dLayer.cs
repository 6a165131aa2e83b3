using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>Filters that are not trained, each for every channel by itself.</summary>
/// <param name="Window">The filters' window.</param>
/// <param name="Values">The numbers of the first filter, row by row, then of the second.</param>
/// <param name="PaddingMode">What padding is made of.</param>
/// <param name="Argument">The attribute's name for the filters.</param>
internal sealed record Filter2dLayer(SlidingWindow Window, EquatableArray<double> Values, ResamplingKind PaddingMode, string Argument) : UnaryLayer
{
    private const string ByName = "filter", ByNames = "filters", ByValues = "values";

    /// <summary>The filters' names; empty where they are given by their numbers.</summary>
    public string Names { get; init; } = "";

    public override string Kind => "Filter2d";

    public override string NamePrefix => "filter";

    private int Filters => Values.Count / Math.Max(1, (int)Math.Min(int.MaxValue, Window.Kernel.Area));

    public static Layer Read(LayerArguments arguments)
    {
        Extent stride = arguments.OptionalExtent("stride") ?? Extent.One;
        WindowPadding padding = arguments.Padding("padding");
        var mode = (ResamplingKind)arguments.Int("paddingMode");
        if (arguments.Has(ByValues))
            return new Filter2dLayer(new(2, arguments.Extent("kernelSize"), stride, padding), arguments.Doubles(ByValues), mode, ByValues);
        string argument = arguments.Has(ByName) ? ByName : ByNames;
        NamedFilter[] named = [.. (argument == ByName ? [arguments.Int(ByName)] : arguments.Ints(ByNames)).Select(NamedFilter.Of)];
        int size = named.Select(filter => filter.Size).DefaultIfEmpty(1).Max();
        return new Filter2dLayer(new(2, Extent.Square(size), stride, padding), named.SelectMany(filter => filter.In(size)).ToEquatableArray(), mode, argument)
        {
            Names = string.Join(", ", named.Select(filter => filter.Name)),
        };
    }

    public override string Details(TensorShape input) => FormattableString.Invariant(
        $"{(Names.Length > 0 ? Names : $"{Filters} filters")}, {Window.Details(Extent.One)}{(PaddingMode == ResamplingKind.Zeros ? "" : $", {PaddingMode.ToString().ToLowerInvariant()}")}");

    public override IEnumerable<Problem> CheckArguments() =>
    [
        .. Window.CheckArguments(Kind),
        .. Window.Kernel is { Height: >= 1, Width: >= 1 } && (Values.Count == 0 || Values.Count % Window.Kernel.Area != 0)
            ? [Problem.Of(Rules.WrongFilterValues, Kind, Values.Count, Window.Kernel.Height, Window.Kernel.Width, Window.Kernel.Area).At(Argument)]
            : Array.Empty<Problem>(),
        .. Values.Where(value => !(Math.Abs(value) <= float.MaxValue)).Take(1).SelectMany(value => Check.That(false, Kind, Argument, "finite", value)),
    ];

    public override Inference Infer(TensorShape input) =>
        Window.Infer(Kind, input, checked(input.Channels * Filters), PaddingMode);

    public override EquatableArray<ParameterSpec> ParameterSpecs(TensorShape input) =>
        [ParameterSpec.Fixed("filters", [checked(input.Channels * Filters), 1, Window.Kernel.Height, Window.Kernel.Width], Values)];

    public override int Describe(ProgramBuilder program, int x, TensorShape output)
    {
        (x, SlidingWindow window) = Window.OnPadded(program, x, PaddingMode);
        TensorShape input = program.Shape(x);
        int y = program.New(output);
        program.Emit(new Contraction(program.Node, window.Over(input, output, input.Channels), Target.Output, x, program.Parameter("filters"), y));
        return y;
    }
}

/// <summary>A filter by its name; the order is that of the runtime's <c>ImageFilter</c>.</summary>
internal sealed record NamedFilter(string Name, double[] Values)
{
    private static readonly NamedFilter[] All =
    [
        new("SobelX", [-1, 0, 1, -2, 0, 2, -1, 0, 1]),
        new("SobelY", [-1, -2, -1, 0, 0, 0, 1, 2, 1]),
        new("ScharrX", [-3, 0, 3, -10, 0, 10, -3, 0, 3]),
        new("ScharrY", [-3, -10, -3, 0, 0, 0, 3, 10, 3]),
        new("Laplacian", [0, 1, 0, 1, -4, 1, 0, 1, 0]),
        new("Box3", Product([1 / 3.0, 1 / 3.0, 1 / 3.0])),
        new("Box5", Product([0.2, 0.2, 0.2, 0.2, 0.2])),
        new("Gaussian3", Product([0.25, 0.5, 0.25])),
        new("Gaussian5", Product([0.0625, 0.25, 0.375, 0.25, 0.0625])),
    ];

    /// <summary>Rows, and columns.</summary>
    public int Size => Values.Length > 9 ? 5 : 3;

    /// <summary>By its number; one that no name has is none.</summary>
    public static NamedFilter Of(int number) => number >= 0 && number < All.Length ? All[number] : new("", []);

    /// <summary>The numbers in the middle of a window.</summary>
    public IEnumerable<double> In(int size)
    {
        int margin = (size - Size) / 2;
        return Values.Length == 0 ? []
            : from row in Enumerable.Range(-margin, size)
              from column in Enumerable.Range(-margin, size)
              select row >= 0 && row < Size && column >= 0 && column < Size ? Values[(row * Size) + column] : 0;
    }

    private static double[] Product(double[] line) => [.. line.SelectMany(down => line.Select(along => down * along))];
}
