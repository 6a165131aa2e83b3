using NetGen.Tests.Reference;
using NetGen.Tests.Reference.Layers;

namespace NetGen.Tests.Numerics;

/// <summary>Everything that one network must compute, against the double-precision reference.</summary>
internal sealed class NetworkChecks(NetworkCase network)
{
    private const int Many = 5;
    private readonly Dictionary<(int, bool), Trial> trials = [];

    /// <summary>All of it, with 1 and with 2 threads.</summary>
    /// <exception cref="ShouldAssertException">Something is wrong; the message has the case, ready to be pasted into a program.</exception>
    public void All(ITestNetwork actual)
    {
        try
        {
            Names(actual);
            Predict(actual);
            foreach (int threads in new[] { 1, 2 })
            {
                Pass(actual, threads, training: false);
                if (network.HasDropout)
                    DropoutMasks(actual, threads);
                else
                    Pass(actual, threads, training: true);
            }
        }
        catch (Exception exception)
        {
            throw new ShouldAssertException($"{exception.Message}\n{network}", exception);
        }
    }

    /// <summary>Layers and parameters have PyTorch's names, shapes and order.</summary>
    private void Names(ITestNetwork actual)
    {
        ReferenceNetwork reference = network.CreateReference(seed: 1);
        actual.LayerNames.ShouldBe(reference.Names);
        actual.Parameters.ShouldBe(reference.Parameters.Select(one => (one.Name, new Shape(one.Spec.Shape), one.Spec.IsTrainable)));
    }

    /// <summary>One sample, the partial and the full batch, and more samples than any group or block holds.</summary>
    private void Predict(ITestNetwork actual)
    {
        foreach (int count in new[] { 1, network.Partial, network.Batch }.Distinct())
        {
            Trial trial = Draw(count, training: false);
            actual.SetParameters(trial.Parameters);
            actual.Predict(Trial.Floats(trial.Inputs), count).ShouldHaveValues(trial.Activations[^1], $"Predict of {count}");
        }
        Trial batch = Draw(network.Batch, training: false);
        actual.SetParameters(batch.Parameters);
        double[] inputs = Repeated(batch.Inputs, Many), outputs = Repeated(batch.Activations[^1], Many);
        actual.Predict(Trial.Floats(inputs), Many * network.Batch).ShouldHaveValues(outputs, $"Predict of {Many * network.Batch}");
    }

    /// <summary>A full batch, then a partial one in the same memory: activations, backward from every layer, running statistics.</summary>
    private void Pass(ITestNetwork actual, int threads, bool training)
    {
        using ITestPass pass = actual.CreatePass(network.Batch, threads);
        foreach (int count in new[] { network.Batch, network.Partial }.Distinct())
        {
            // PyTorch refuses to normalise a single value; and next to no variance magnifies rounding errors beyond any tolerance.
            bool needsVariance = training && network.HasBatchStatistics;
            if (needsVariance && (count == 1 || !Draw(count, training).IsSafe))
                continue;
            string what = $"{(training ? "training" : "evaluation")} of {count} with {threads} threads";
            Trial trial = Draw(count, training);
            actual.SetParameters(trial.Parameters);
            pass.Forward(Trial.Floats(trial.Inputs), training).ShouldHaveValues(trial.Activations[^1], $"outputs, {what}");
            foreach ((string name, double[] values) in trial.Statistics)
                actual.Parameter(name).ShouldHaveValues(values, $"{name}, {what}");
            for (var i = 0; i < trial.Activations.Count; i++)
                pass.Activation(i).ShouldHaveValues(trial.Activations[i], $"activation {trial.LayerNames[i]}, {what}");
            for (int layer = trial.Activations.Count - 1; layer >= 0; layer--)
            {
                pass.BackwardFrom(layer, Trial.Floats(trial.OutputGradient(layer)));
                Compare(pass, trial.BackwardFrom(layer), trial.OutputGradient(layer), $"backward from {trial.LayerNames[layer]}, {what}");
            }
            if (network.Outputs.Length > 0)
                Outputs(pass, trial, what);
            Repeat(actual, pass, trial, what);
            if (trial.IsSafe)
                Errors(pass, trial, what);
        }
    }

    /// <summary>After a forward pass: all outputs, and a backward pass from all of them, of which one that comes from the last alone leaves nothing.</summary>
    private static void Outputs(ITestPass pass, Trial trial, string what)
    {
        for (var output = 0; output < trial.Outputs.Count; output++)
            pass.Output(output).ShouldHaveValues(trial.Activations[trial.Outputs[output]], $"output {output}, {what}");
        int last = trial.Activations.Count - 1;
        for (var times = 0; times < 2; times++)
        {
            pass.BackwardFromOutputs([.. trial.Outputs.Select(layer => Trial.Floats(trial.OutputGradient(layer)))]);
            Compare(pass, trial.BackwardFromOutputs(), trial.OutputGradient(last), $"backward from all outputs, {what}");
            pass.BackwardFrom(last, Trial.Floats(trial.OutputGradient(last)));
            Compare(pass, trial.BackwardFrom(last), trial.OutputGradient(last), $"backward from the main output again, {what}");
        }
    }

    /// <summary>The same step again gives the same bits: the order of every sum is fixed, whatever the threads do.</summary>
    private static void Repeat(ITestNetwork actual, ITestPass pass, Trial trial, string what)
    {
        int last = trial.Activations.Count - 1;
        string[] names = [.. trial.BackwardFrom(last).Parameters.Keys];
        float[][] Run()
        {
            actual.SetParameters(trial.Parameters);
            float[] outputs = pass.Forward(Trial.Floats(trial.Inputs), trial.Training);
            pass.BackwardFrom(last, Trial.Floats(trial.OutputGradient(last)));
            return [outputs, pass.InputGradient(), .. names.Select(pass.Gradient)];
        }
        foreach ((float[] first, float[] second) in Run().Zip(Run()))
            second.AsSpan().SequenceEqual(first).ShouldBeTrue($"the same bits again, {what}");
    }

    /// <summary>After a forward pass: errors as small as float32 allows, of the activations and of the gradients of a whole backward pass.</summary>
    private static void Errors(ITestPass pass, Trial trial, string what)
    {
        Yardstick yardstick = trial.Yardstick;
        int last = trial.Activations.Count - 1;
        // First, because what is recomputed may take the memory that the gradient of the input is made from.
        for (var i = 0; i <= last; i++)
            pass.Activation(i).ShouldBeAsExactAs(trial.Activations[i], yardstick.Activations[i], $"activation {trial.LayerNames[i]}, {what}");
        Gradients expected = trial.BackwardFrom(last);
        pass.BackwardFrom(last, Trial.Floats(trial.OutputGradient(last)));
        foreach ((string name, ParameterGradient gradient) in expected.Parameters)
            pass.Gradient(name).ShouldBeAsExactAs(gradient.Values, yardstick.Parameters[name], $"gradient of {name}, {what}");
        pass.InputGradient().ShouldBeAsExactAs(expected.Input, yardstick.Input, $"gradient of the input, {what}");
    }

    /// <summary>
    /// Dropout in training: masks of 0 and 1/(1 − p) in the right proportion, and the same ones backward. The masks are read off the
    /// activations and given to the reference.
    /// </summary>
    private void DropoutMasks(ITestNetwork actual, int threads)
    {
        if (network.HasBatchStatistics && network.Batch == 1)
            return;
        using ITestPass pass = actual.CreatePass(network.Batch, threads);
        Trial trial = Draw(network.Batch, training: true);
        actual.SetParameters(trial.Parameters);
        float[] inputs = Trial.Floats(trial.Inputs);
        pass.Forward(inputs, training: true);
        ReferenceNetwork reference = network.CreateReference(seed: 1);
        var layers = (Layer[])network.Layers.Clone();
        for (var i = 0; i < layers.Length; i++)
        {
            if (layers[i] is DropoutLayer dropout)
            {
                int source = layers[i].Sources?[0] ?? i - 1;
                layers[i] = new MaskLayer(DropoutMask.Read(source < 0 ? inputs : pass.Activation(source), pass.Activation(i), dropout.Probability, dropout.Shared(reference.ShapeOf(i)), trial.LayerNames[i])) { Sources = layers[i].Sources };
            }
        }
        var masked = new ReferenceNetwork(network.Input, layers);
        foreach ((float[] from, ReferenceParameter to) in trial.Parameters.Zip(masked.Parameters))
            from.CopyTo(to.Values, 0);
        masked.Forward(trial.Inputs, training: true);
        if (masked.Margin() < Trial.SafeMargin)
            return;
        for (var i = 0; i < layers.Length; i++)
            pass.Activation(i).ShouldHaveValues(masked.Activations[i], $"masked activation {trial.LayerNames[i]}, {threads} threads");
        int last = layers.Length - 1;
        double[] inputGradient = masked.BackwardFrom(last, trial.OutputGradient(last));
        pass.BackwardFrom(last, Trial.Floats(trial.OutputGradient(last)));
        Compare(pass, Gradients.Of(masked, inputGradient), trial.OutputGradient(last), $"masked backward, {threads} threads");
    }

    private static void Compare(ITestPass pass, Gradients expected, double[] start, string what)
    {
        // The gradient that the pass starts from counts too: the gradient of a softmax over one feature is 0, less one rounding of it.
        double largest = expected.Parameters.Values.Select(one => one.Values).Append(expected.Input).Append(start).Max(Closeness.RootMeanSquare);
        foreach ((string name, ParameterGradient gradient) in expected.Parameters)
            pass.Gradient(name).ShouldHaveGradients(gradient.Values, largest, $"gradient of {name}, {what}", gradient.Terms);
        pass.InputGradient().ShouldHaveGradients(expected.Input, largest, $"gradient of the input, {what}");
    }

    private static double[] Repeated(double[] values, int times) => [.. Enumerable.Repeat(values, times).SelectMany(one => one)];

    private Trial Draw(int count, bool training)
    {
        // Where nothing depends on the mode, the reference need not work twice.
        bool modeMatters = training && network.HasBatchStatistics;
        return trials.TryGetValue((count, modeMatters), out Trial? known)
            ? known
            : trials[(count, modeMatters)] = Trial.Draw(network, count, modeMatters);
    }
}
