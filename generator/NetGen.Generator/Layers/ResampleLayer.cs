using NetGen.Generator.Diagnostics;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>Pad, Crop, Subsample and Upsample: pixels of a signal, an image or a volume moved, repeated or mixed.</summary>
/// <param name="Kind">The attribute's name.</param>
/// <param name="Resampling">How.</param>
/// <param name="Edges">What is added on each side; below 0: taken away.</param>
/// <param name="Step">Pixels between those that are kept, or how many times as large.</param>
internal sealed record ResampleLayer(string Kind, ResamplingKind Resampling, Edges Edges, int Step) : UnaryLayer
{
    private const string Pad = "Pad", Crop = "Crop", Subsample = "Subsample", Upsample = "Upsample";

    public override string Kind { get; } = Kind;

    public override string NamePrefix => Kind.ToLowerInvariant();

    /// <summary>The attribute's name for its number.</summary>
    private string Argument => Kind switch { Pad => "padding", Crop => "edges", Subsample => "step", _ => "scaleFactor" };

    public static Layer ReadPad(LayerArguments arguments) => new ResampleLayer(Pad, (ResamplingKind)arguments.Int("mode"), arguments.Edges("padding"), 1);

    public static Layer ReadCrop(LayerArguments arguments) => new ResampleLayer(Crop, ResamplingKind.Zeros, arguments.Edges("edges").Negated, 1);

    public static Layer ReadSubsample(LayerArguments arguments) => new ResampleLayer(Subsample, ResamplingKind.Zeros, default, arguments.Int("step"));

    /// <summary>The numbers are those of the runtime's <c>UpsampleMode</c>.</summary>
    public static Layer ReadUpsample(LayerArguments arguments)
    {
        ResamplingKind kind = arguments.Int("mode") switch { 0 => ResamplingKind.Nearest, 2 => ResamplingKind.Trilinear, _ => ResamplingKind.Bilinear };
        return new ResampleLayer(Upsample, kind, default, arguments.Int("scaleFactor"));
    }

    public override string Details(TensorShape input) => Kind switch
    {
        Pad => Resampling == ResamplingKind.Zeros ? $"{Edges}" : $"{Edges}, {Resampling.ToString().ToLowerInvariant()}",
        Crop => $"{Edges.Negated}",
        Subsample => FormattableString.Invariant($"{Step}"),
        _ => FormattableString.Invariant($"{Step}×, {Resampling.ToString().ToLowerInvariant()}"),
    };

    public override IEnumerable<Problem> CheckArguments() =>
    [
        .. Check.AtLeast(1, Kind, Argument, Step),
        .. Check.AtLeast(0, Kind, Argument, (Kind == Crop ? Edges.Negated : Edges).Least),
    ];

    public override Inference Infer(TensorShape input)
    {
        if ((Check.Dimensions(Kind, input, 1, 2, 3) ?? OtherMode(input)) is { } other)
            return other;
        if (Edges.Count > 1 && Edges.Count != 2 * input.Rank)
            return Problem.Of(Rules.WrongSideCount, Kind, Argument, Edges.Expected(input.Rank), Edges.Count).At(Argument);
        return Misfit(Kind, Argument, Resampling, Edges.Of(input.Rank), input) is { } misfit ? misfit
            : TensorShape.Of([input.Channels, .. Axes(input).Select(axis => axis.Output)]);
    }

    public override int Describe(ProgramBuilder program, int x, TensorShape output)
    {
        int y = program.New(output);
        program.Emit(new Resample(program.Node, Operations.Resampling.Of(Resampling, Axes(program.Shape(x))), x, y));
        return y;
    }

    /// <summary>The directions, outermost first.</summary>
    private ResampledAxis[] Axes(TensorShape input) =>
        [.. input.Extents.Skip(1).Zip(Edges.Of(input.Rank).Sides(input.Rank), (size, sides) => Axis(size, sides.Before, sides.After))];

    private ResampledAxis Axis(int size, int before, int after) => checked(Kind == Upsample
        ? new(size, size * Step, before, Step)
        : new(size, ((size + before + after - 1) / Step) + 1, before, Step));

    /// <summary>Mixing has a name of its own where there are three directions.</summary>
    private Problem? OtherMode(TensorShape input)
    {
        bool isOfVolumes = Resampling == ResamplingKind.Trilinear;
        if (Resampling < ResamplingKind.Bilinear || isOfVolumes == (input.Rank == 3))
            return null;
        string Mode(ResamplingKind kind) => $"UpsampleMode.{kind}";
        string right = Mode(isOfVolumes ? ResamplingKind.Bilinear : ResamplingKind.Trilinear);
        return Problem.Of(Rules.OtherMode, Kind, Mode(Resampling), isOfVolumes ? "volumes" : "signals and images", input, right).At("mode") with { Correction = right };
    }

    /// <summary>A signal or an image with something around it, as a value of the layer that is being described.</summary>
    public static int Describe(ProgramBuilder program, int x, ResamplingKind kind, Edges edges, string purpose)
    {
        TensorShape input = program.Shape(x), output = checked(input with { Height = input.Height + edges.Top + edges.Bottom, Width = input.Width + edges.Left + edges.Right });
        int y = program.New(output, purpose);
        program.Emit(new Resample(program.Node, new(kind, new(input.Height, output.Height, edges.Top, 1), new(input.Width, output.Width, edges.Left, 1)), x, y));
        return y;
    }

    /// <summary>Something must be left, and an image is mirrored, or goes round, once at most.</summary>
    public static Problem? Misfit(string kind, string argument, ResamplingKind resampling, Edges edges, TensorShape input)
    {
        return Misfit(kind, argument, resampling, input.Rank == 1 ? "places" : "columns", input.Width, edges.Left, edges.Right, input)
            ?? Misfit(kind, argument, resampling, "rows", input.SliceHeight, edges.Top, edges.Bottom, input)
            ?? Misfit(kind, argument, resampling, "slices", input.Depth, edges.Front, edges.Back, input);
    }

    /// <summary>The same of one direction.</summary>
    private static Problem? Misfit(string kind, string argument, ResamplingKind resampling, string side, int size, int before, int after, TensorShape input)
    {
        if ((long)size + before + after < 1)
            return Problem.Of(Rules.EdgesDoNotSuit, kind, FormattableString.Invariant($"takes away {-(before + after)} {side}"), $"{input}").At(argument);
        int most = resampling switch { ResamplingKind.Reflect => size - 1, ResamplingKind.Circular => size, _ => int.MaxValue };
        return Math.Max(before, after) <= most ? null
            : Problem.Of(Rules.EdgesDoNotSuit, kind, FormattableString.Invariant($"{(resampling == ResamplingKind.Reflect ? "mirrors" : "repeats")} {Math.Max(before, after)} {side}, at most {most},"), $"{input}").At(argument);
    }
}
