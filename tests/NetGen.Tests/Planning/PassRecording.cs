using NetGen.Tests.Numerics;
using NetGen.Tests.Reference;

namespace NetGen.Tests.Planning;

/// <summary>
/// All that a network computes, by name: predictions, and for a full batch and a partial one after it in the same memory the outputs, the backward passes from every
/// layer with the gradient of the input, and each layer's output before them and after.
/// </summary>
internal static class PassRecording
{
    private const int Many = 5;

    /// <summary>Predictions of one sample, of few and of many.</summary>
    public static IEnumerable<(string What, float[] Values)> Predictions(NetworkCase network, ITestNetwork actual)
    {
        SetParameters(network, actual);
        foreach (int count in new[] { 1, network.Partial, network.Batch, Many * network.Batch }.Distinct())
            yield return ($"Predict of {count}", actual.Predict(Inputs(network, count), count));
    }

    /// <summary>A pass, in training or evaluation.</summary>
    public static IEnumerable<(string What, float[] Values)> Pass(NetworkCase network, ITestNetwork actual, int threads, bool training)
    {
        SetParameters(network, actual);
        using ITestPass pass = actual.CreatePass(network.Batch, threads);
        int[] sizes = [.. network.CreateReference(seed: 3).OutputShapes.Select(ReferenceNetwork.Size)];
        foreach (int count in new[] { network.Batch, network.Partial }.Distinct())
        {
            // Statistics of a single value are refused.
            if (training && network.HasBatchStatistics && count == 1)
                continue;
            string what = $"{(training ? "training" : "evaluation")} of {count} with {threads} threads";
            yield return ($"outputs, {what}", pass.Forward(Inputs(network, count), training));
            for (var layer = 0; layer < network.Layers.Length; layer++)
                yield return ($"activation {actual.LayerNames[layer]}, {what}", pass.Activation(layer));
            for (int layer = network.Layers.Length - 1; layer >= 0; layer--)
            {
                pass.BackwardFrom(layer, Filler.Values(7, count * sizes[layer]).Select(value => (float)value).ToArray());
                foreach ((string name, Shape _, bool isTrainable) in actual.Parameters)
                    yield return ($"{(isTrainable ? "gradient of " : "")}{name} from {actual.LayerNames[layer]}, {what}", isTrainable ? pass.Gradient(name) : actual.Parameter(name));
                yield return ($"gradient of the input from {actual.LayerNames[layer]}, {what}", pass.InputGradient());
            }
            if (network.Outputs.Length > 0)
            {
                int[] outputs = [network.Layers.Length - 1, .. network.Outputs];
                pass.BackwardFromOutputs([.. outputs.Select(layer => Filler.Values(7, count * sizes[layer]).Select(value => (float)value).ToArray())]);
                foreach ((string name, Shape _, bool isTrainable) in actual.Parameters.Where(parameter => parameter.IsTrainable))
                    yield return ($"gradient of {name} from all outputs, {what}", pass.Gradient(name));
                yield return ($"gradient of the input from all outputs, {what}", pass.InputGradient());
            }
            // Where a step changes nothing that is stored, what is recomputed is the same as before.
            for (var layer = 0; layer < network.Layers.Length; layer++)
                yield return ($"activation {actual.LayerNames[layer]} after all, {what}", pass.Activation(layer));
        }
    }

    private static void SetParameters(NetworkCase network, ITestNetwork actual) =>
        actual.SetParameters([.. network.CreateReference(seed: 3).Parameters.Select(one => Trial.Floats(one.Values))]);

    private static float[] Inputs(NetworkCase network, int count) => Trial.Floats(Filler.Values(5, count * ReferenceNetwork.Size(network.Input)));
}
