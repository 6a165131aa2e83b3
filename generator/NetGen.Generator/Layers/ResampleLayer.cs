using NetGen.Generator.Diagnostics;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>Pad, Crop, Subsample and Upsample: pixels of an image moved, repeated or mixed.</summary>
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

    public static Layer ReadUpsample(LayerArguments arguments) =>
        new ResampleLayer(Upsample, arguments.Int("mode") == 0 ? ResamplingKind.Nearest : ResamplingKind.Bilinear, default, arguments.Int("scaleFactor"));

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
        if (Check.Dimensions(Kind, input, 1, 2) is { } other)
            return other;
        if (Edges.Count == (input.Rank == 1 ? 4 : 2))
            return Problem.Of(Rules.WrongSideCount, Kind, Argument, Edges.Expected(input.Rank), Edges.Count).At(Argument);
        Edges edges = Edges.Of(input.Rank);
        if (Misfit(Kind, Argument, Resampling, edges, input) is { } misfit)
            return misfit;
        (int height, int width) = checked(Kind == Upsample
            ? (input.Height * RowStep(input), input.Width * Step)
            : (((input.Height + edges.Top + edges.Bottom - 1) / RowStep(input)) + 1, ((input.Width + edges.Left + edges.Right - 1) / Step) + 1));
        return input with { Height = height, Width = width };
    }

    public override int Describe(ProgramBuilder program, int x, TensorShape output)
    {
        TensorShape input = program.Shape(x);
        Edges edges = Edges.Of(input.Rank);
        int y = program.New(output);
        program.Emit(new Resample(
            program.Node,
            new(Resampling, new(input.Height, output.Height, edges.Top, RowStep(input)), new(input.Width, output.Width, edges.Left, Step)), x, y));
        return y;
    }

    /// <summary>The single row of a signal stays.</summary>
    private int RowStep(TensorShape input) => input.Rank == 1 ? 1 : Step;

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
            ?? Misfit(kind, argument, resampling, "rows", input.SliceHeight, edges.Top, edges.Bottom, input);
    }

    /// <summary>The same of one direction.</summary>
    public static Problem? Misfit(string kind, string argument, ResamplingKind resampling, string side, int size, int before, int after, TensorShape input)
    {
        if ((long)size + before + after < 1)
            return Problem.Of(Rules.EdgesDoNotSuit, kind, FormattableString.Invariant($"takes away {-(before + after)} {side}"), $"{input}").At(argument);
        int most = resampling switch { ResamplingKind.Reflect => size - 1, ResamplingKind.Circular => size, _ => int.MaxValue };
        return Math.Max(before, after) <= most ? null
            : Problem.Of(Rules.EdgesDoNotSuit, kind, FormattableString.Invariant($"{(resampling == ResamplingKind.Reflect ? "mirrors" : "repeats")} {Math.Max(before, after)} {side}, at most {most},"), $"{input}").At(argument);
    }
}

/// <summary>Pixels on the sides of an image, or before and behind a signal.</summary>
internal readonly record struct Edges(int Left, int Right, int Top, int Bottom)
{
    /// <summary>How many numbers say it: one for all sides, two of a signal, four of an image; 0: none of a user's.</summary>
    public int Count { get; private init; }

    public Edges Negated => this with { Left = -Left, Right = -Right, Top = -Top, Bottom = -Bottom };

    /// <summary>By one, two or four numbers.</summary>
    public static Edges By(IReadOnlyList<int> numbers) => numbers.Count switch
    {
        1 => new(numbers[0], numbers[0], numbers[0], numbers[0]) { Count = 1 },
        2 => new(numbers[0], numbers[1], 0, 0) { Count = 2 },
        _ => new(numbers[0], numbers[1], numbers[2], numbers[3]) { Count = 4 },
    };

    /// <summary>A signal has nothing above and below.</summary>
    public Edges Of(int rank) => rank == 1 ? this with { Top = 0, Bottom = 0 } : this;

    /// <summary>The numbers that there may be, in words.</summary>
    public static string Expected(int rank) => rank == 1 ? "one number for both sides or two, left and right" : "one number for all sides or four, left, right, top and bottom";

    public int Least => Math.Min(Math.Min(Left, Right), Math.Min(Top, Bottom));

    /// <summary><c>1</c>, or left, right, top and bottom as <c>1/2/1/2</c>, or left and right.</summary>
    public override string ToString() =>
        Left == Right && Top == Bottom && Left == Top ? FormattableString.Invariant($"{Left}")
        : Count == 2 ? FormattableString.Invariant($"{Left}/{Right}")
        : FormattableString.Invariant($"{Left}/{Right}/{Top}/{Bottom}");
}
