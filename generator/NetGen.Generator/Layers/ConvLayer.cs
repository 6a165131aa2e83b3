using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>Conv1d, Conv2d and Conv3d: a convolution of all channels or group by group.</summary>
/// <param name="InChannels">Null where they follow from the layer before.</param>
/// <param name="OutChannels">Channels that are made.</param>
/// <param name="Window">What slides.</param>
/// <param name="Bias">Whether a bias is added.</param>
/// <param name="Groups">Groups of channels.</param>
internal sealed record ConvLayer(int? InChannels, int OutChannels, SlidingWindow Window, bool Bias, int Groups = 1) : UnaryLayer
{
    /// <summary>What padding is made of.</summary>
    public ResamplingKind PaddingMode { get; init; } = ResamplingKind.Zeros;

    /// <summary>The last tap of the weights meets the first pixel of a window.</summary>
    public bool FlipsKernel { get; init; }

    private const int LargestLikelyKernel = 11;
    private const int LargestLikelyStride = 4;

    public override string Kind => FormattableString.Invariant($"Conv{Window.Rank}d");

    public override string NamePrefix => "conv";

    private Extent Kernel => Window.Kernel;

    /// <summary>Every output is of one pixel, the one at its place.</summary>
    private bool IsPointwise => Kernel.Area == 1 && Window.Stride == Extent.One && Window.Padding == WindowPadding.None;

    public static Layer Read(int rank, LayerArguments arguments) => new ConvLayer(
        arguments.OptionalInt("inChannels"),
        arguments.Int("outChannels"),
        SlidingWindow.Read(arguments, rank, Extent.One),
        arguments.Bool("bias", true),
        arguments.Int("groups", 1))
    {
        PaddingMode = (ResamplingKind)arguments.Int("paddingMode"),
        FlipsKernel = arguments.Bool("FlipKernel", false),
    };

    public override string Details(TensorShape input) =>
        FormattableString.Invariant($"{input.Channels} → {OutChannels}, {Window.Details(Extent.One)}{(PaddingMode == ResamplingKind.Zeros ? "" : $", {PaddingMode.ToString().ToLowerInvariant()}")}{(Groups == 1 ? "" : $", {Groups} groups")}{(Bias ? "" : ", no bias")}{(FlipsKernel ? ", flipped" : "")}");

    public override IEnumerable<Problem> CheckArguments() =>
    [
        .. Check.AtLeast(1, Kind, "inChannels", InChannels),
        .. Check.AtLeast(1, Kind, "outChannels", OutChannels),
        .. Window.CheckArguments(Kind),
        .. Check.AtLeast(1, Kind, "groups", Groups),
        .. Check.Groups(Kind, Groups, "output", OutChannels),
    ];

    public override Inference Infer(TensorShape input)
    {
        if (input.Rank == Window.Rank && MeansShortForm(input))
            return ShortFormMeant(input);
        Inference windows = Window.Infer(Kind, input, OutChannels, PaddingMode);
        if (input.Rank != Window.Rank)
            return windows;
        return InChannels is { } written && written != input.Channels
            ? windows with { Problems = [Mismatch(written, input), .. windows.Problems] }
            : windows with { Problems = [.. Check.Groups(Kind, Groups, "input", input.Channels), .. windows.Problems] };
    }

    public override EquatableArray<ParameterSpec> ParameterSpecs(TensorShape input)
    {
        int ofGroup = input.Channels / Groups;
        long fanIn = (long)ofGroup * Kernel.Area;
        ParameterSpec weight = ParameterSpec.Uniform("weight", [OutChannels, ofGroup, .. Kernel.Sizes(Window.Rank)], fanIn) with { IsReversed = FlipsKernel };
        return Bias ? [weight, ParameterSpec.Uniform("bias", [OutChannels], fanIn)] : [weight];
    }

    public override long MultiplyAdds(TensorShape input) =>
        Infer(input).Output is { } output ? checked((long)output.Size * (input.Channels / Groups) * Kernel.Area) : 0;

    public override int Describe(ProgramBuilder program, int x, TensorShape output)
    {
        if (Window.Rank == 3 && !IsPointwise)
            return VolumeConvolution.Describe(program, x, output, this);
        (x, SlidingWindow window) = Window.OnPadded(program, x, PaddingMode);
        int y = program.New(output);
        program.Emit(new Contraction(
            program.Node, window.Over(program.Shape(x), output, Groups), Target.Output, x, program.Parameter("weight"), y, program.Parameter("bias")));
        return y;
    }

    /// <summary>
    /// Whether [Conv2d(8, 3, 2)] was probably meant as 8 output channels, kernel 3 and stride 2: the input has not 8 channels, and the numbers
    /// are such as kernels and strides have.
    /// </summary>
    private bool MeansShortForm(TensorShape input) =>
        InChannels is { } first && first != input.Channels
        && Window.Stride == Extent.One && Window.Padding == WindowPadding.None && Bias && Groups == 1 && Window.Dilation == Extent.One && Kernel.Sizes(Window.Rank).Distinct().Count() == 1
        && Kernel.Width <= LargestLikelyStride && Kernel.Width <= OutChannels && OutChannels <= LargestLikelyKernel && OutChannels < first;

    /// <summary>What was meant is not certain, so nothing is told of the layers behind.</summary>
    private Inference ShortFormMeant(TensorShape input)
    {
        string shortForm = FormattableString.Invariant($"{Kind}({InChannels}, {OutChannels}, stride: {Kernel.Width})");
        string hint = FormattableString.Invariant(
            $"; three numbers are input channels, output channels, kernel: for {InChannels} output channels, kernel {OutChannels} and stride {Kernel.Width} write [{shortForm}]");
        return Problem.Of(Rules.WrongInChannels, Kind, InChannels!, $"{input}{hint}").At("inChannels").Corrected(input.Channels) with { Alternative = shortForm };
    }

    private Problem Mismatch(int written, TensorShape input) =>
        Problem.Of(Rules.WrongInChannels, Kind, written, $"{input}").At("inChannels").Corrected(input.Channels);
}
