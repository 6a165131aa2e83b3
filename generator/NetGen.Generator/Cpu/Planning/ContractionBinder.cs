using NetGen.Generator.Collections;
using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Cpu.Planning;

/// <summary>Binds products to memory: which axis is lanes, and what must be prepared for that.</summary>
internal sealed class ContractionBinder
{
    private readonly PassBinder pass;
    private readonly Contraction c;
    private readonly ParameterPlace weight;
    private readonly TensorShape input;
    private readonly Steps x;
    private readonly Steps y;

    private ContractionBinder(PassBinder pass, Contraction contraction)
    {
        (this.pass, c) = (pass, contraction);
        weight = pass.Values.Parameter(c.W);
        input = pass.Shape(c.X);
        (x, y) = (pass.StepsOf(c.X), pass.StepsOf(c.Y));
    }

    public static void Bind(PassBinder pass, Contraction contraction)
    {
        var binder = new ContractionBinder(pass, contraction);
        switch (contraction.Target)
        {
            case Target.Output:
                binder.Forward();
                break;
            case Target.Input:
                binder.InputGradient();
                break;
            default:
                binder.WeightGradient();
                break;
        }
    }

    private int OutStep => weight.Layout[0].Step;

    /// <summary>Weights lie as PyTorch has them, a row per output: for few outputs, whose rows would fill a vector badly.</summary>
    private bool OutputsAreRows => OutStep != 1;

    /// <summary>Weights stay in the second-level cache, so that few samples may read them one after another.</summary>
    private bool WeightsAreNear => weight.Spec.Size <= 128 * 1024;

    /// <summary>Whether groups are slices of the channels that lanes can be taken from: where samples are lanes any, elsewhere whole blocks.</summary>
    public static bool CutsGroups(PassBinder pass, Window window) =>
        window.Groups == 1 || pass.SamplesAreLanes || (window.InOfGroup % InstructionSet.Block == 0 && window.OutOfGroup % InstructionSet.Block == 0);

    private Lanes LanesOfOutputs => pass.SamplesAreLanes ? Lanes.Samples : OutputsAreRows ? Lanes.InChannels : Lanes.OutChannels;

    private void Forward()
    {
        Argument[] factors = LanesOfOutputs == Lanes.Samples ? [pass.Read(c.W), pass.Read(c.X)] : [pass.Read(c.X), pass.Read(c.W)];
        StridedContraction bound = Make(LanesOfOutputs) with { Start = StartOf(c), Finish = FinishOf(c) };
        pass.Add(new Step(bound, [.. factors, Result(c.Y), .. Others(pass, c)], c.Node)
        {
            When = c.When,
            Unless = c.Unless,
            IsBeforeReLU = c.Epilogue.Any(e => e.Kind == EpilogueKind.Unbounded),
        });
    }

    private void WeightGradient()
    {
        if (pass.SamplesAreLanes && c.Window.IsLinear)
        {
            // One product per sample and weight: sums along the lanes would cost more than the products. So the samples of dy become
            // rows, and weights' neighbours share a vector.
            int padded = Layouts.Padded(c.Window.Out);
            Buffer rows = pass.NewFixed(Value.NameOf(weight.Name, "gradientRows"), padded * InstructionSet.Block);
            pass.Add(c, new LayoutChange(Change.LanesToRows, c.Window.Out, 1, padded), pass.Read(c.Y), Argument.Write(rows));
            StridedContraction byRows = Make(Lanes.OutChannels) with
            {
                Samples = new SampleAxis(InstructionSet.Block, 1, padded),
                OutChannels = new OutAxis(c.Window.Out, 1, OutStep),
                Start = Start.Target,
            };
            pass.Add(c, byRows, pass.Read(c.X), Argument.Read(rows), pass.Update(c.W));
            return;
        }
        StridedContraction bound = Make(LanesOfOutputs) with { Start = pass.SamplesAreLanes ? Start.Target : Start.Zero };
        Argument[] factors = LanesOfOutputs == Lanes.OutChannels ? [pass.Read(c.X), pass.Read(c.Y)] : [pass.Read(c.Y), pass.Read(c.X)];
        pass.Add(c, bound, [.. factors, pass.ParameterGradient(c, c.W)]);
    }

    private void InputGradient()
    {
        Lanes lanes = pass.SamplesAreLanes ? Lanes.Samples : Lanes.InChannels;
        StridedContraction bound = Make(lanes) with { Start = StartOf(c), Finish = FinishOf(c) };
        Argument weights = pass.Read(c.W);
        if (lanes == Lanes.InChannels && !OutputsAreRows)
            (bound, weights) = Transposed(bound);
        Argument[] factors = lanes == Lanes.Samples ? [weights, pass.Read(c.Y)] : [pass.Read(c.Y), weights];
        pass.Add(c, bound, [.. factors, Result(c.X), .. Others(pass, c)]);
    }

    /// <summary>The same with weights whose input channels are lanes.</summary>
    private (StridedContraction Bound, Argument Weights) Transposed(StridedContraction bound)
    {
        InAxis inner = bound.InChannels[bound.InChannels.Count - 1];
        int padded = Layouts.Padded(inner.Extent), tap = c.Window.Out * padded, groupRows = c.Window.OutOfGroup * padded;
        int taps = bound.InChannels.Take(bound.InChannels.Count - 1).Aggregate(bound.Rows.Kernel * bound.Columns.Kernel, (all, axis) => all * axis.Extent);
        Buffer transposed = pass.NewFixed(Value.NameOf(weight.Name, "transposed"), checked(taps * tap));
        pass.Prepare(
            c, new LayoutChange(Change.TransposeWeights, inner.Extent, c.Window.Out, padded, Layouts.Padded(c.Window.Out), taps),
            pass.Read(c.W), Argument.Write(transposed));
        return (bound with
        {
            OutChannels = bound.OutChannels with { WStep = padded },
            Groups = c.Window.Groups == 1 ? default : bound.Groups with { WStep = groupRows },
            InChannels = bound.InChannels.Select((axis, i) => axis with { WStep = i == bound.InChannels.Count - 1 ? 1 : tap }).ToEquatableArray(),
            Rows = bound.Rows with { WStep = bound.Columns.Kernel * tap },
            Columns = bound.Columns with { WStep = tap },
        }, Argument.Read(transposed));
    }

    private Argument Result(int value) => c.Accumulates ? pass.Update(value) : pass.Write(value);

    /// <summary>What the sums of a product start from.</summary>
    public static Start StartOf(Contraction c) => c.Bias >= 0 ? Start.Bias : c.Accumulates ? Start.Target : Start.Zero;

    /// <summary>What is done with them before they are stored.</summary>
    public static Finish FinishOf(Contraction c) => c.Epilogue.FirstOrDefault() switch
    {
        null => Finish.None,
        { Kind: EpilogueKind.Derivative, Function: { } function } => function.Kind switch
        {
            FunctionKind.ReLU => Finish.ReLUGradient,
            FunctionKind.Sigmoid => Finish.SigmoidGradient,
            _ => Finish.TanhGradient,
        },
        _ => Finish.ReLU,
    };

    /// <summary>What a product reads besides its factors.</summary>
    public static IEnumerable<Argument> Others(PassBinder pass, Contraction c)
    {
        if (c.Bias >= 0)
            yield return pass.Read(c.Bias);
        if (c.Epilogue.FirstOrDefault() is { Kind: EpilogueKind.Derivative } derivative)
            yield return pass.Read(derivative.Stored);
    }

    private StridedContraction Make(Lanes lanes)
    {
        EquatableArray<TermAxis> w = weight.Layout;
        bool isLinear = c.Window.IsLinear;
        return new StridedContraction(
            c.Target,
            lanes,
            lanes == Lanes.Samples ? new SampleAxis(1, 1, 1) : new SampleAxis(0, x.Sample, y.Sample, pass.IsForFew && WeightsAreNear),
            new OutAxis(c.Window.OutOfGroup, y.Channel, OutStep),
            isLinear ? LinearAxes() : [new InAxis(c.Window.InOfGroup, x.Channel, w[1].Step)],
            isLinear ? StridedAxis.One : StridedAxis.Of(c.Window.Axes[0], y.Row, x.Row, w[2].Step),
            isLinear ? StridedAxis.One : StridedAxis.Of(c.Window.Axes[1], y.Column, x.Column, w[3].Step),
            Start.Zero,
            Finish.None)
        {
            Groups = c.Window.Groups == 1
                ? default
                : new GroupAxis(c.Window.Groups, c.Window.InOfGroup * x.Channel, c.Window.OutOfGroup * OutStep, c.Window.OutOfGroup * y.Channel, c.Target == Target.Input ? c.Window.InOfGroup : c.Window.OutOfGroup),
        };
    }

    /// <summary>A linear layer's features. Where they are an image's, the sum runs over the image as it lies in memory.</summary>
    private EquatableArray<InAxis> LinearAxes()
    {
        EquatableArray<TermAxis> w = weight.Layout;
        return w.Count == 2
            ? [new InAxis(input.Size, pass.SamplesAreLanes ? InstructionSet.Block : 1, w[1].Step)]
            : Merge(!pass.SamplesAreLanes, [new(input.Height, x.Row, w[2].Step), new(input.Width, x.Column, w[3].Step), new(input.Channels, x.Channel, w[1].Step)]);
    }

    /// <summary>Joins neighbouring axes that are one run in both tensors. The channels stay the last axis where they are lanes, even a single one.</summary>
    private static EquatableArray<InAxis> Merge(bool channelsAreLanes, IReadOnlyList<InAxis> axes)
    {
        var merged = new List<InAxis>();
        foreach (InAxis axis in axes.Where((a, i) => a.Extent > 1 || (channelsAreLanes && i == axes.Count - 1)))
        {
            int last = merged.Count - 1;
            if (last >= 0 && merged[last].XStep == axis.Extent * axis.XStep && merged[last].WStep == axis.Extent * axis.WStep)
                merged[last] = new InAxis(merged[last].Extent * axis.Extent, axis.XStep, axis.WStep);
            else
                merged.Add(axis);
        }
        return merged.Count == 0 ? [axes[axes.Count - 1]] : merged.ToEquatableArray();
    }
}
