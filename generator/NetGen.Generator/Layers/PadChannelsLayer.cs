using NetGen.Generator.Diagnostics;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>PadChannels: channels of zeros, or features, before and behind those that are there.</summary>
internal sealed record PadChannelsLayer(int Before, int After) : UnaryLayer
{
    public override string Kind => "PadChannels";

    public override string NamePrefix => "padchannels";

    public static Layer Read(LayerArguments arguments) => new PadChannelsLayer(arguments.Int("before"), arguments.Int("after"));

    public override string Details(TensorShape input) => FormattableString.Invariant($"{Before} before, {After} behind");

    public override IEnumerable<Problem> CheckArguments() => [.. Check.AtLeast(0, Kind, "before", Before), .. Check.AtLeast(0, Kind, "after", After)];

    public override Inference Infer(TensorShape input) => input.WithFeatures(checked(input.Features + Before + After));

    public override int Describe(ProgramBuilder program, int x, TensorShape output)
    {
        x = MergeLayer.InOrder(program, x, 0);
        int y = program.New(output);
        program.Emit(new ChannelPad(program.Node, x, Before, program.Shape(x).Channels, y));
        return y;
    }
}
