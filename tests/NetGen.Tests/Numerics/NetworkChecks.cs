using NetGen.Tests.Reference;
using NetGen.Tests.Reference.Layers;

namespace NetGen.Tests.Numerics;

/// <summary>Everything that a network must compute, against the double-precision reference.</summary>
internal static class NetworkChecks
{
    /// <summary>All of it, with 1 and with 2 threads.</summary>
    /// <exception cref="ShouldAssertException">Something is wrong; the message has the case, ready to be pasted into a program.</exception>
    public static void All(NetworkCase network, ITestNetwork actual)
    {
        try
        {
            Names(network, actual);
            Predict(network, actual);
            foreach (int threads in new[] { 1, 2 })
            {
                Pass(network, actual, threads, training: false);
                if (!network.HasDropout)
                    Pass(network, actual, threads, training: true);
                else
                    DropoutMasks(network, actual, threads);
            }
        }
        catch (Exception exception)
        {
            throw new ShouldAssertException($"{exception.Message}\n{network}", exception);
        }
    }

    /// <summary>Layers and parameters have PyTorch's names and order.</summary>
    public static void Names(NetworkCase network, ITestNetwork actual)
    {
        ReferenceNetwork reference = network.CreateReference(seed: 1);
        actual.LayerNames.ShouldBe(reference.Names);
        actual.ParameterNames.ShouldBe(reference.Parameters.Select(parameter => parameter.Name));
    }

    /// <summary>One sample, the partial and the full batch.</summary>
    public static void Predict(NetworkCase network, ITestNetwork actual)
    {
        foreach (int count in new[] { 1, network.Partial, network.Batch }.Distinct())
        {
            Trial trial = Trial.Draw(network, count, training: false);
            actual.SetParameters(trial.Reference);
            float[] outputs = actual.Predict(Floats(trial.Inputs), count);
            outputs.ShouldHaveValues(trial.Reference.Activations[^1], $"Predict of {count}");
        }
    }

    /// <summary>A full batch, then a partial one in the same memory: activations, backward from every layer, running statistics.</summary>
    public static void Pass(NetworkCase network, ITestNetwork actual, int threads, bool training)
    {
        using ITestPass pass = actual.CreatePass(network.Batch, threads);
        foreach (int count in new[] { network.Batch, network.Partial })
        {
            if (training && network.HasBatchStatistics && count == 1)
                continue;
            string what = $"{(training ? "training" : "evaluation")} of {count}, {threads} threads";
            Trial trial = Trial.Draw(network, count, training);
            if (!trial.IsSafe && network.HasBatchStatistics)
                continue;
            if (threads == 1)
                trial.CheckByFiniteDifferences(training);
            actual.SetParameters(trial.Reference);
            Forward(network, actual, pass, trial, training, what);
            Backward(pass, trial, what);
        }
    }

    /// <summary>
    /// Dropout in training: masks of 0 and 1/(1 − p) in the right proportion, another one at each forward pass of a trainer, and the
    /// same one backward. The masks are read off the activations and given to the reference.
    /// </summary>
    public static void DropoutMasks(NetworkCase network, ITestNetwork actual, int threads)
    {
        using ITestPass pass = actual.CreatePass(network.Batch, threads);
        Trial trial = Trial.Draw(network, network.Batch, training: true);
        actual.SetParameters(trial.Reference);
        pass.Forward(Floats(trial.Inputs), training: true);
        var layers = (Layer[])network.Layers.Clone();
        for (var i = 0; i < layers.Length; i++)
        {
            if (layers[i] is not DropoutLayer { Probability: var p })
                continue;
            double[] mask = ReadMask(i == 0 ? Floats(trial.Inputs) : pass.Activation(i - 1), pass.Activation(i), p, $"dropout of layer {i}");
            layers[i] = new MaskLayer(mask);
        }
        var masked = new ReferenceNetwork(network.Input, layers);
        foreach ((ReferenceParameter from, ReferenceParameter to) in trial.Reference.Parameters.Zip(masked.Parameters))
            from.Values.CopyTo(to.Values, 0);
        masked.Forward(trial.Inputs, training: true);
        if (masked.Margin() < 3e-6)
            return;
        for (var i = 0; i < layers.Length; i++)
            pass.Activation(i).ShouldHaveValues(masked.Activations[i], $"masked activation of layer {i}, {threads} threads");
        double[] inputGradient = masked.Backward(trial.OutputGradient);
        pass.BackwardFrom(layers.Length - 1, Floats(trial.OutputGradient));
        Gradients(pass, masked, inputGradient, $"masked backward, {threads} threads");
    }

    private static void Forward(NetworkCase network, ITestNetwork actual, ITestPass pass, Trial trial, bool training, string what)
    {
        double[] expected = trial.Reference.Forward(trial.Inputs, training);
        pass.Forward(Floats(trial.Inputs), training).ShouldHaveValues(expected, $"outputs, {what}");
        if (training && network.HasBatchStatistics)
        {
            trial.Reference.UpdateStatistics();
            foreach (ReferenceParameter parameter in trial.Reference.Parameters)
                actual.Parameter(parameter.Name).ShouldHaveValues(parameter.Values, $"{parameter.Name} after {what}");
        }
        for (var i = 0; i < trial.Reference.Activations.Count; i++)
            pass.Activation(i).ShouldHaveValues(trial.Reference.Activations[i], $"activation {trial.Reference.Names[i]}, {what}");
    }

    private static void Backward(ITestPass pass, Trial trial, string what)
    {
        ReferenceNetwork reference = trial.Reference;
        int last = reference.Activations.Count - 1;
        for (int layer = last; layer >= 0; layer--)
        {
            double[] gradient = layer == last ? trial.OutputGradient : Filler.Values(777, reference.Activations[layer].Length);
            double[] inputGradient = reference.BackwardFrom(layer, gradient);
            pass.BackwardFrom(layer, Floats(gradient));
            Gradients(pass, reference, inputGradient, $"backward from {reference.Names[layer]}, {what}");
        }
    }

    private static void Gradients(ITestPass pass, ReferenceNetwork reference, double[] inputGradient, string what)
    {
        foreach (ReferenceParameter parameter in reference.Parameters.Where(one => one.Spec.IsTrainable))
            pass.Gradient(parameter.Name).ShouldHaveGradients(parameter.Gradient, $"gradient of {parameter.Name}, {what}");
        pass.InputGradient().ShouldHaveGradients(inputGradient, $"gradient of the input, {what}");
    }

    private static double[] ReadMask(float[] before, float[] after, double p, string what)
    {
        double kept = 1 / (1 - p);
        var mask = new double[after.Length];
        var (ones, seen) = (0, 0);
        for (var i = 0; i < mask.Length; i++)
        {
            mask[i] = after[i] == 0 ? 0 : kept;
            ((double)after[i]).ShouldBe(before[i] * mask[i], 1e-5 * Math.Max(1, Math.Abs(before[i])), $"{what}, value {i}");
            if (before[i] == 0)
                continue;
            seen++;
            ones += after[i] == 0 ? 0 : 1;
        }
        // Five standard deviations of a binomial distribution.
        double allowed = 5 * Math.Sqrt(seen * p * (1 - p));
        ((double)ones).ShouldBe(seen * (1 - p), allowed + 0.5, $"{what}: kept values of {seen}");
        return mask;
    }

    private static float[] Floats(double[] values) => [.. values.Select(value => (float)value)];

    /// <summary>Multiplies by constants: dropout whose mask is known.</summary>
    private sealed record MaskLayer(double[] Mask) : Layer
    {
        public override string Prefix => "dropout";

        public override string Attribute => throw new NotSupportedException("A mask is not declared.");

        public override double[] Forward(LayerCall call) => [.. call.Input.Zip(Mask, (x, m) => x * m)];

        public override double[] Backward(LayerCall call, double[] output, double[] outputGradient) =>
            [.. outputGradient.Zip(Mask, (x, m) => x * m)];
    }
}
