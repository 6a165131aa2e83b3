using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>
/// Takes training steps that end where the first number is not finite. Gradients are looked at before they are used, so that the step can be undone; only then are the layers
/// computed again, one value after the other.
/// </summary>
internal sealed class NumericsGuard(NetworkState network, string trainer, int batch, int threads)
{
    private readonly NetworkDefinition definition = network.Definition;
    private readonly float[] statistics = new float[network.Definition.ParameterFloats - network.Definition.TrainableFloats];

    /// <summary>Takes a step, in the same way and with the same bits as without a guard.</summary>
    /// <exception cref="NumericsException">A number is not finite.</exception>
    public LossTally Train(Executor executor, in Batch samples, Loss loss, float scale, MaskSeeds seeds, Optimizer optimizer)
    {
        Statistics.CopyTo(statistics);
        LossTally tally = executor.Train(samples, loss, scale, seeds, optimizer: null);
        if (!double.IsFinite(tally.Sum) || !AreFinite(network.Gradients.Span) || !AreFinite(Statistics))
        {
            statistics.CopyTo(Statistics);
            throw First(samples, tally, seeds);
        }
        optimizer.Apply(Team.Alone, ref Unsafe.NullRef<float>(), 0, 0);
        if (!AreFinite(network.Values.Span[..definition.TrainableFloats]) && BadParameter() is { } bad)
            throw Exception(NumericsOrigin.Update, bad.Name, $"parameter '{bad.Name}' after the update", bad.Value, seeds.Step);
        return tally;
    }

    /// <summary>What a step without dropout or with the same masks comes to first.</summary>
    private NumericsException First(in Batch samples, LossTally tally, MaskSeeds seeds)
    {
        if (IndexOfBad(samples.Inputs) is >= 0 and int input)
            return Exception(NumericsOrigin.Input, "", $"value {input % network.InputSize} of sample {samples.IndexOf(input / network.InputSize)}", samples.Inputs[input], seeds.Step);
        if (BadParameter() is { } parameter)
            return Exception(NumericsOrigin.Parameter, parameter.Name, $"parameter '{parameter.Name}' before the update", parameter.Value, seeds.Step);
        if (BadActivation(samples, seeds) is { } activation)
            return activation;
        if (!double.IsFinite(tally.Sum))
            return Exception(NumericsOrigin.Loss, "", "the loss, of outputs that are all finite,", (float)tally.Sum, seeds.Step);
        // On the way back the last layers come first.
        foreach (Parameter one in network.Parameters.Reverse<Parameter>().Where(one => one.IsTrainable))
        {
            float[] gradient = one.Gradient.ToArray();
            if (IndexOfBad(gradient) is >= 0 and int index)
                return Exception(NumericsOrigin.Gradient, one.Name, $"the gradient of '{one.Name}'", gradient[index], seeds.Step);
        }
        return Exception(NumericsOrigin.Activation, "", "a running statistic", float.NaN, seeds.Step);
    }

    private NumericsException? BadActivation(in Batch samples, MaskSeeds seeds)
    {
        try
        {
            using var forward = new CpuExecutor(network, batch, threads, keepsActivations: true, FurtherLosses.None);
            for (var first = 0; first < samples.Count; first += batch)
            {
                int count = Math.Min(batch, samples.Count - first);
                forward.Forward(samples.Inputs.Slice(first * network.InputSize, count * network.InputSize), seeds.OfPart(first / batch), training: true);
                for (var node = 0; node < definition.Activations.Length; node++)
                {
                    int size = definition.Activations[node].Shape.Size;
                    var values = new float[count * size];
                    forward.ReadActivation(node, values);
                    if (IndexOfBad(values) is >= 0 and int index)
                    {
                        string name = definition.Activations[node].Name;
                        return Exception(NumericsOrigin.Activation, name, $"output {index % size} of {name} for sample {samples.IndexOf(first + (index / size))}", values[index], seeds.Step);
                    }
                }
            }
            return null;
        }
        finally
        {
            statistics.CopyTo(Statistics);
        }
    }

    private (string Name, float Value)? BadParameter()
    {
        foreach (Parameter one in network.Parameters)
        {
            float[] values = one.Values.ToArray();
            if (IndexOfBad(values) is >= 0 and int index)
                return (one.Name, values[index]);
        }
        return null;
    }

    private NumericsException Exception(NumericsOrigin origin, string name, string what, float value, int step) => new(trainer, origin, name, what, value, step + 1);

    /// <summary>What lies behind the trainable parameters, which a forward pass moves.</summary>
    private Span<float> Statistics => network.Values.Span[definition.TrainableFloats..definition.ParameterFloats];

    // The largest of all is not-a-number where one of them is.
    private static bool AreFinite(ReadOnlySpan<float> values) => values.IsEmpty || float.IsFinite(TensorPrimitives.MaxMagnitude(values));

    private static int IndexOfBad(ReadOnlySpan<float> values)
    {
        if (AreFinite(values))
            return -1;
        var index = 0;
        while (float.IsFinite(values[index]))
            index++;
        return index;
    }
}
