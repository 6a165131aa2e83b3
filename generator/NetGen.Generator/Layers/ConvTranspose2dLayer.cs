using System.Globalization;
using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>A transposed convolution: the input gradient of the convolution that makes an image of the input's size from one of the output's.</summary>
internal sealed record ConvTranspose2dLayer(int? InChannels, int OutChannels, Extent Kernel, Extent Stride, Extent Padding, bool Bias, int Groups = 1) : UnaryLayer
{
    /// <summary>Pixels from one tap to the next.</summary>
    public Extent Dilation { get; init; } = Extent.Square(1);

    /// <summary>Pixels more below and at the right.</summary>
    public Extent OutputPadding { get; init; } = Extent.Square(0);

    public override string Kind => "ConvTranspose2d";

    public override string NamePrefix => "convtranspose";

    private SlidingWindow Window => new(Kernel, Stride, WindowPadding.Of(Padding.Height, Padding.Width)) { Dilation = Dilation };

    public static Layer Read(LayerArguments arguments) => new ConvTranspose2dLayer(
        arguments.OptionalInt("inChannels"),
        arguments.Int("outChannels"),
        arguments.Extent("kernelSize"),
        arguments.OptionalExtent("stride") ?? Extent.Square(1),
        arguments.OptionalExtent("padding") ?? Extent.Square(0),
        arguments.Bool("bias", true),
        arguments.Int("groups", 1))
    {
        OutputPadding = arguments.OptionalExtent("outputPadding") ?? Extent.Square(0),
        Dilation = arguments.OptionalExtent("dilation") ?? Extent.Square(1),
    };

    public override string Details(TensorShape input)
    {
        string more = OutputPadding == Extent.Square(0) ? "" : $", output padding {(OutputPadding.IsSquare ? OutputPadding.Height.ToString(CultureInfo.InvariantCulture) : OutputPadding)}";
        return FormattableString.Invariant($"{input.Channels} → {OutChannels}, {Window.Details(Extent.Square(1))}{more}{(Groups == 1 ? "" : $", {Groups} groups")}{(Bias ? "" : ", no bias")}");
    }

    public override IEnumerable<Problem> CheckArguments() =>
    [
        .. Check.AtLeast(1, Kind, "inChannels", InChannels),
        .. Check.AtLeast(1, Kind, "outChannels", OutChannels),
        .. Window.CheckArguments(Kind),
        .. Check.AtLeast(0, Kind, "outputPadding", OutputPadding),
        .. CheckOutputPadding(OutputPadding.Height, Stride.Height, Dilation.Height) ?? CheckOutputPadding(OutputPadding.Width, Stride.Width, Dilation.Width) ?? [],
        .. Check.AtLeast(1, Kind, "groups", Groups),
        .. Check.Groups(Kind, Groups, "output", OutChannels),
    ];

    public override Inference Infer(TensorShape input)
    {
        if (input.IsFlat)
            return Check.ImageExpected(Kind, input);
        if ((Misfit(input, "height", input.Height, OutputPadding.Height, Window.Rows) ?? Misfit(input, "width", input.Width, OutputPadding.Width, Window.Columns)) is { } misfit)
            return misfit;
        TensorShape output = checked(TensorShape.Image(
            OutChannels, (int)Window.Rows.Covered(input.Height, OutputPadding.Height), (int)Window.Columns.Covered(input.Width, OutputPadding.Width)));
        return InChannels is { } written && written != input.Channels
            ? new Inference(output, [Problem.Of(Rules.WrongInChannels, Kind, written, $"{input}").At("inChannels").Corrected(input.Channels)])
            : new Inference(output, [.. Check.Groups(Kind, Groups, "input", input.Channels)]);
    }

    /// <summary>PyTorch's fan-in is that of the convolution: the channels that an input gives to.</summary>
    public override EquatableArray<ParameterSpec> ParameterSpecs(TensorShape input)
    {
        int ofGroup = OutChannels / Groups;
        long fanIn = (long)ofGroup * Kernel.Area;
        ParameterSpec weight = ParameterSpec.Uniform("weight", [input.Channels, ofGroup, Kernel.Height, Kernel.Width], fanIn);
        return Bias ? [weight, ParameterSpec.Uniform("bias", [OutChannels], fanIn)] : [weight];
    }

    public override long MultiplyAdds(TensorShape input) => checked((long)input.Size * (OutChannels / Groups) * Kernel.Area);

    public override int Describe(ProgramBuilder program, int x, TensorShape output)
    {
        int y = program.New(output);
        Window window = Window.Over(output, program.Shape(x), Groups);
        program.Emit(new Contraction(program.Node, window, Target.Input, y, program.Parameter("weight"), x, program.Parameter("bias")) { IsTransposed = true });
        return y;
    }

    /// <summary>PyTorch's rule: of several sizes that a convolution makes the same of, the output is one.</summary>
    private IEnumerable<Problem>? CheckOutputPadding(int more, int stride, int dilation) =>
        more < Math.Max(stride, dilation) ? null : [Problem.Of(Rules.OutputPaddingTooLarge, Kind, more, stride, dilation).At("outputPadding")];

    private Problem? Misfit(TensorShape input, string side, int size, int more, SlidingAxis axis) => axis.Covered(size, more) >= 1
        ? null
        : Problem.Of(Rules.PaddedAway, Kind, side, input, axis.CoveredArithmetic(size, more)).At("padding");
}
