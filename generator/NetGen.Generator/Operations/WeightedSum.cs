using NetGen.Generator.Collections;

namespace NetGen.Generator.Operations;

/// <summary>
/// What linear and convolution layers are: an output that is a weighted sum of inputs. Builds the forward, weight-gradient and
/// input-gradient contractions for either layout.
/// </summary>
/// <param name="X">Input.</param>
/// <param name="Y">Output.</param>
/// <param name="Weight">Weights; the layout's first axis is oc.</param>
/// <param name="Bias">Bias, if there is one.</param>
/// <param name="OutChannels">Output channels.</param>
/// <param name="InChannels">Input axes, innermost last, with their steps in values and weights.</param>
/// <param name="Rows">Vertical window.</param>
/// <param name="Columns">Horizontal window.</param>
/// <param name="Description">For comments: <c>1×28×28 → 6×12×12</c>.</param>
internal sealed record WeightedSum(
    Activation X,
    Activation Y,
    ParameterPlace Weight,
    ParameterPlace? Bias,
    int OutChannels,
    EquatableArray<InAxis> InChannels,
    WindowAxis Rows,
    WindowAxis Columns,
    string Description)
{
    private int OutStep => Weight.Layout[0].Step;

    /// <summary>Weights lie as PyTorch has them, a row per output: for few outputs, whose rows would fill a vector badly.</summary>
    private bool OutputsAreRows => OutStep != 1;

    private bool IsLinear => Rows.IsOne && Columns.IsOne;

    /// <summary>Weights stay in the second-level cache, so that few samples may read them one after another.</summary>
    private bool WeightsAreNear => Weight.Shape.Items.Aggregate(1L, (size, extent) => size * extent) <= 128 * 1024;

    /// <summary>y from x.</summary>
    public void Forward(PassBuilder pass)
    {
        Lanes lanes = pass.SamplesAreLanes ? Lanes.Samples : OutputsAreRows ? Lanes.InChannels : Lanes.OutChannels;
        Contraction c = Make(pass, "Forward", $"{Description}.", Target.Output, lanes) with { Start = Bias is null ? Start.Zero : Start.Bias };
        Tensor[] factors = lanes == Lanes.Samples ? [Weight.Value, X.Value, Y.Value] : [X.Value, Weight.Value, Y.Value];
        var instruction = new Instruction(c, [.. factors, .. Bias is null ? Array.Empty<Tensor>() : [Bias.Value]]);
        pass.Emit(instruction);
        pass.OfferFusion(instruction);
    }

    /// <summary>The gradients of weights and bias from x and the output's gradient.</summary>
    public void ParameterGradients(PassBuilder pass)
    {
        Tensor dy = Y.Gradient;
        if (pass.SamplesAreLanes && IsLinear)
        {
            // One product per sample and weight: sums along the lanes would cost more than the products. So the samples of dy become
            // rows, and weights' neighbours share a vector.
            int padded = PassBuilder.Padded(OutChannels);
            Tensor rows = pass.NewFixed("gradientRows", padded * PassBuilder.Block);
            pass.Emit(new LayoutChange("LanesToRows", "The output's gradient, a row per sample.", Change.LanesToRows, OutChannels, 1, padded), dy, rows);
            Contraction c = Make(pass, "WeightGradient", $"Weight gradient of {Description}.", Target.Weight, Lanes.OutChannels) with
            {
                Samples = new SampleAxis(PassBuilder.Block, 1, padded),
                OutChannels = new OutAxis(OutChannels, 1, OutStep),
                Start = Start.Target,
            };
            pass.Emit(c, X.Value, rows, Weight.Gradient);
        }
        else
        {
            Lanes lanes = pass.SamplesAreLanes ? Lanes.Samples : OutputsAreRows ? Lanes.InChannels : Lanes.OutChannels;
            Contraction c = Make(pass, "WeightGradient", $"Weight gradient of {Description}.", Target.Weight, lanes) with
            {
                Start = pass.SamplesAreLanes ? Start.Target : Start.Zero,
            };
            Tensor[] factors = lanes == Lanes.OutChannels ? [X.Value, dy] : [dy, X.Value];
            pass.Emit(new Instruction(c, [.. factors, Weight.Gradient], Meets: !pass.SamplesAreLanes));
        }
        if (Bias is not null)
        {
            pass.Emit(
                new BiasGradient(pass.Name("BiasGradient"), $"Bias gradient: sums over samples{(IsLinear ? "" : " and pixels")}.", OutChannels, Rows.Output * Columns.Output, pass.SamplesAreLanes),
                dy, Bias.Gradient);
        }
    }

    /// <summary>The gradient of x from the output's gradient.</summary>
    public void InputGradient(PassBuilder pass)
    {
        (Finish Finish, Tensor Stored)? below = pass.TakeGradientOfInput();
        Lanes lanes = pass.SamplesAreLanes ? Lanes.Samples : Lanes.InChannels;
        Contraction c = Make(pass, "InputGradient", $"Input gradient of {Description}.", Target.Input, lanes) with { Finish = below?.Finish ?? Finish.None };
        Tensor weights = Weight.Value;
        if (lanes == Lanes.InChannels && !OutputsAreRows)
        {
            InAxis inner = InChannels[InChannels.Count - 1];
            int padded = PassBuilder.Padded(inner.Extent), group = OutChannels * padded;
            int groups = Rows.Kernel * Columns.Kernel;
            for (var i = 0; i < InChannels.Count - 1; i++)
                groups *= InChannels[i].Extent;
            weights = pass.NewFixed("transposed", groups * group);
            pass.Emit(
                new LayoutChange("Transpose", "Weights with input channels as lanes.", Change.TransposeWeights, inner.Extent, OutChannels, padded, PassBuilder.Padded(OutChannels), groups),
                Weight.Value, weights);
            c = c with
            {
                OutChannels = c.OutChannels with { WStep = padded },
                InChannels = c.InChannels.Select((axis, i) => axis with { WStep = i == c.InChannels.Count - 1 ? 1 : group }).ToEquatableArray(),
                Rows = c.Rows with { WStep = c.Columns.Kernel * group },
                Columns = c.Columns with { WStep = group },
            };
        }
        Tensor[] factors = lanes == Lanes.Samples ? [weights, Y.Gradient] : [Y.Gradient, weights];
        pass.Emit(new Instruction(c, [.. factors, X.Gradient, .. below is null ? Array.Empty<Tensor>() : [below.Value.Stored]]));
    }

    private Contraction Make(PassBuilder pass, string purpose, string summary, Target target, Lanes lanes)
    {
        bool dx = target == Target.Input;
        return new Contraction(
            pass.Name(purpose),
            summary,
            target,
            lanes,
            lanes == Lanes.Samples ? new SampleAxis(1, 1, 1) : new SampleAxis(0, dx ? X.GradientSteps.Sample : X.Steps.Sample, Y.Steps.Sample, pass.IsForFew && WeightsAreNear),
            new OutAxis(OutChannels, Y.Steps.Channel, OutStep),
            dx && X.IsNatural ? GradientAxes() : InChannels,
            dx ? Rows with { XStep = X.GradientSteps.Row } : Rows,
            dx ? Columns with { XStep = X.GradientSteps.Column } : Columns,
            Start.Zero,
            Finish.None);
    }

    /// <summary>The input axes of values read in place have another step in the gradient's memory: features are one run there.</summary>
    private EquatableArray<InAxis> GradientAxes() =>
        InChannels.Select(axis => axis with { XStep = IsLinear ? 1 : X.GradientSteps.Channel }).ToEquatableArray();
}
