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
        if (input.IsFlat)
            return Check.ImageExpected(Kind, input);
        if (Misfit(Kind, Argument, Resampling, Edges, input) is { } misfit)
            return misfit;
        return checked(Kind == Upsample
            ? TensorShape.Image(input.Channels, input.Height * Step, input.Width * Step)
            : TensorShape.Image(input.Channels, (input.Height + Edges.Top + Edges.Bottom - 1) / Step + 1, (input.Width + Edges.Left + Edges.Right - 1) / Step + 1));
    }

    public override int Describe(ProgramBuilder program, int x, TensorShape output)
    {
        TensorShape input = program.Shape(x);
        int y = program.New(output);
        program.Emit(new Resample(
            program.Node,
            new(Resampling, new(input.Height, output.Height, Edges.Top, Step), new(input.Width, output.Width, Edges.Left, Step)), x, y));
        return y;
    }

    /// <summary>An image with something around it, as a value of the layer that is being described.</summary>
    public static int Describe(ProgramBuilder program, int x, ResamplingKind kind, Edges edges, string purpose)
    {
        TensorShape input = program.Shape(x), output = checked(TensorShape.Image(input.Channels, input.Height + edges.Top + edges.Bottom, input.Width + edges.Left + edges.Right));
        int y = program.New(output, purpose);
        program.Emit(new Resample(program.Node, new(kind, new(input.Height, output.Height, edges.Top, 1), new(input.Width, output.Width, edges.Left, 1)), x, y));
        return y;
    }

    /// <summary>Something must be left, and an image is mirrored, or goes round, once at most.</summary>
    public static Problem? Misfit(string kind, string argument, ResamplingKind resampling, Edges edges, TensorShape input)
    {
        return Of("columns", input.Width, edges.Left, edges.Right) ?? Of("rows", input.Height, edges.Top, edges.Bottom);

        Problem? Of(string side, int size, int before, int after)
        {
            if ((long)size + before + after < 1)
                return Problem.Of(Rules.EdgesDoNotSuit, kind, FormattableString.Invariant($"takes away {-(before + after)} {side}"), $"{input}").At(argument);
            int most = resampling switch { ResamplingKind.Reflect => size - 1, ResamplingKind.Circular => size, _ => int.MaxValue };
            return Math.Max(before, after) <= most ? null
                : Problem.Of(Rules.EdgesDoNotSuit, kind, FormattableString.Invariant($"{(resampling == ResamplingKind.Reflect ? "mirrors" : "repeats")} {Math.Max(before, after)} {side}, at most {most},"), $"{input}").At(argument);
        }
    }
}

/// <summary>Pixels on the sides of an image.</summary>
internal readonly record struct Edges(int Left, int Right, int Top, int Bottom)
{
    public Edges Negated => new(-Left, -Right, -Top, -Bottom);

    public int Least => Math.Min(Math.Min(Left, Right), Math.Min(Top, Bottom));

    /// <summary><c>1</c>, or left, right, top and bottom as <c>1/2/1/2</c>.</summary>
    public override string ToString() =>
        Left == Right && Top == Bottom && Left == Top ? FormattableString.Invariant($"{Left}") : FormattableString.Invariant($"{Left}/{Right}/{Top}/{Bottom}");
}
