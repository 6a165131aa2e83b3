using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Cpu.Planning;

/// <summary>
/// Binds convolutions in groups whose channels fill no blocks, where channels are lanes: each output channel is a lane that meets the input channels of its
/// group one after the other. They are spread for that, so that each lies where its output channels do; a depthwise convolution reads them as they are.
/// </summary>
internal static class ChannelwiseBinder
{
    public static void Bind(PassBinder pass, Contraction c)
    {
        switch (c.Target)
        {
            case Target.Output:
                Forward(pass, c);
                break;
            case Target.Input:
                InputGradient(pass, c);
                break;
            default:
                (Argument x, Steps steps) = ChannelSpread.Spread(pass, c);
                pass.Add(c, Make(pass, c, steps), x, pass.Read(c.Y), pass.Write(c.W));
                break;
        }
    }

    private static void Forward(PassBinder pass, Contraction c)
    {
        (Argument x, Steps steps) = ChannelSpread.Spread(pass, c);
        StridedContraction bound = Make(pass, c, steps) with { Start = ContractionBinder.StartOf(c), Finish = ContractionBinder.FinishOf(c) };
        pass.Add(new Step(bound, [x, pass.Read(c.W), WideBinder.Result(pass, c, c.Y), .. ContractionBinder.Others(pass, c)], c.Node)
        {
            When = c.When,
            Unless = c.Unless,
            IsBeforeReLU = c.Epilogue.Any(e => e.Kind == EpilogueKind.Unbounded),
        });
    }

    private static void InputGradient(PassBinder pass, Contraction c)
    {
        if (ChannelSpread.IsNeeded(c.Window))
        {
            (Buffer spread, Steps steps) = ChannelSpread.Place(pass, c);
            pass.Add(c, Make(pass, c, steps), pass.Read(c.Y), pass.Read(c.W), Argument.Write(spread));
            ChannelSpread.Gather(pass, c, spread, steps);
            return;
        }
        StridedContraction bound = Make(pass, c, pass.StepsOf(c.X)) with { Start = ContractionBinder.StartOf(c), Finish = ContractionBinder.FinishOf(c) };
        pass.Add(c, bound, [pass.Read(c.Y), pass.Read(c.W), WideBinder.Result(pass, c, c.X), .. ContractionBinder.Others(pass, c)]);
    }

    private static StridedContraction Make(PassBinder pass, Contraction c, Steps x)
    {
        Steps y = pass.StepsOf(c.Y);
        Collections.EquatableArray<TermAxis> w = pass.Values.Parameter(c.W).Layout;
        var own = new InAxis(1, 0, 0);
        return new StridedContraction(
            c.Target,
            Lanes.Channels,
            new SampleAxis(0, x.Sample, y.Sample),
            new OutAxis(c.Window.Out, y.Channel, w[0].Step),
            c.Window.IsDepthwise ? [own] : [new InAxis(c.Window.InOfGroup, Layouts.Padded(c.Window.Out), w[1].Step), own],
            StridedAxis.Of(c.Window.Axes[0], y.Row, x.Row, w[2].Step),
            StridedAxis.Of(c.Window.Axes[1], y.Column, x.Column, w[3].Step),
            Start.Zero,
            Finish.None);
    }
}
