using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>ConvTranspose1d to 3d, transposed convolutions: the input gradient of the convolution that makes an image of the input's size from one of the output's.</summary>
internal sealed record ConvTransposeLayer(int? InChannels, int OutChannels, SlidingWindow Window, bool Bias, int Groups = 1) : UnaryLayer
{
    private static readonly Extent Nothing = new(0, 0, 0);

    /// <summary>Pixels more behind, below and at the right.</summary>
    public Extent OutputPadding { get; init; } = Nothing;

    public override string Kind => FormattableString.Invariant($"ConvTranspose{Window.Rank}d");

    public override string NamePrefix => "convtranspose";

    private Extent Kernel => Window.Kernel;

    /// <summary>Output padding by direction, outermost first.</summary>
    private int[] More => OutputPadding.Sizes(Window.Rank);

    public static Layer Read(int rank, LayerArguments arguments) => new ConvTransposeLayer(
        arguments.OptionalInt("inChannels"),
        arguments.Int("outChannels"),
        SlidingWindow.Read(arguments, rank, Extent.One),
        arguments.Bool("bias", true),
        arguments.Int("groups", 1))
    {
        // A signal has one row, and an image one slice.
        OutputPadding = arguments.OptionalExtent("outputPadding", rank) is { } more ? new(rank == 1 ? 0 : more.Height, more.Width, rank == 3 ? more.Depth : 0) : Nothing,
    };

    public override string Details(TensorShape input)
    {
        string more = OutputPadding == Nothing ? "" : $", output padding {OutputPadding.ShortText(Window.Rank)}";
        return FormattableString.Invariant($"{input.Channels} → {OutChannels}, {Window.Details(Extent.One)}{more}{(Groups == 1 ? "" : $", {Groups} groups")}{(Bias ? "" : ", no bias")}");
    }

    public override IEnumerable<Problem> CheckArguments() =>
    [
        .. Check.AtLeast(1, Kind, "inChannels", InChannels),
        .. Check.AtLeast(1, Kind, "outChannels", OutChannels),
        .. Window.CheckArguments(Kind),
        .. Window.Padding.Axes(Window.Rank).Where(axis => axis.Rule != PaddingRule.Numbers).Take(1)
            .Select(axis => Problem.Of(Rules.ArgumentOutOfRange, Kind, "padding", "a number of at least 0", $"Padding.{axis.Rule}").At("padding")),
        .. Check.AtLeast(0, Kind, "outputPadding", OutputPadding),
        .. Window.Axes.Zip(More, CheckOutputPadding).OfType<Problem>().Take(1),
        .. Check.AtLeast(1, Kind, "groups", Groups),
        .. Check.Groups(Kind, Groups, "output", OutChannels),
    ];

    public override Inference Infer(TensorShape input)
    {
        if (Check.Dimensions(Kind, input, Window.Rank) is { } other)
            return other;
        int[] sizes = [.. input.Extents.Skip(1)], covered = new int[sizes.Length];
        for (var axis = 0; axis < sizes.Length; axis++)
        {
            covered[axis] = checked((int)Window.Axes[axis].Covered(sizes[axis], More[axis]));
            if (covered[axis] < 1)
                return Problem.Of(Rules.PaddedAway, Kind, Window.Sides[axis], input, Window.Axes[axis].CoveredArithmetic(sizes[axis], More[axis])).At("padding");
        }
        TensorShape output = TensorShape.Of([OutChannels, .. covered]);
        return InChannels is { } written && written != input.Channels
            ? new Inference(output, [Problem.Of(Rules.WrongInChannels, Kind, written, $"{input}").At("inChannels").Corrected(input.Channels)])
            : new Inference(output, [.. Check.Groups(Kind, Groups, "input", input.Channels)]);
    }

    /// <summary>PyTorch's fan-in is that of the convolution: the channels that an input gives to.</summary>
    public override EquatableArray<ParameterSpec> ParameterSpecs(TensorShape input)
    {
        int ofGroup = OutChannels / Groups;
        long fanIn = (long)ofGroup * Kernel.Area;
        ParameterSpec weight = ParameterSpec.Uniform("weight", [input.Channels, ofGroup, .. Kernel.Sizes(Window.Rank)], fanIn);
        return Bias ? [weight, ParameterSpec.Uniform("bias", [OutChannels], fanIn)] : [weight];
    }

    public override long MultiplyAdds(TensorShape input) => checked((long)input.Size * (OutChannels / Groups) * Kernel.Area);

    public override int Describe(ProgramBuilder program, int x, TensorShape output)
    {
        if (Window.Rank == 3)
            return VolumeConvolution.Describe(program, x, output, this);
        int y = program.New(output);
        Window window = Window.Over(output, program.Shape(x), Groups);
        program.Emit(new Contraction(program.Node, window, Target.Input, y, program.Parameter("weight"), x, program.Parameter("bias")) { IsTransposed = true });
        return y;
    }

    /// <summary>PyTorch's rule: of several sizes that a convolution makes the same of, the output is one.</summary>
    private Problem? CheckOutputPadding(SlidingAxis axis, int more) =>
        more < Math.Max(axis.Stride, axis.Dilation) ? null : Problem.Of(Rules.OutputPaddingTooLarge, Kind, more, axis.Stride, axis.Dilation).At("outputPadding");
}
