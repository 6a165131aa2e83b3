namespace NetGen.Tests.Numerics;

/// <summary>Drives a network as its user does: parameters, passes and activations by name.</summary>
internal sealed class PublicNetwork(INetwork network) : ITestNetwork
{
    public IReadOnlyList<(string Name, Shape Shape, bool IsTrainable)> Parameters =>
        [.. ((IReadOnlyList<Parameter>)network.Parameters).Select(one => (one.Name, one.Shape, one.IsTrainable))];

    public IReadOnlyList<string> LayerNames => [.. network.State.Definition.Activations.Select(one => one.Name)];

    public void SetParameters(IReadOnlyList<float[]> values)
    {
        for (var i = 0; i < values.Count; i++)
            network.Parameters[i].Values.Assign(values[i]);
    }

    public float[] Parameter(string name) => network.Parameters[name].Values.ToArray();

    public float[] Predict(float[] inputs, int count)
    {
        var outputs = new float[count * network.State.OutputSize];
        network.Predict(inputs, outputs);
        return outputs;
    }

    public ITestPass CreatePass(int batch, int threads) => new Pass(network, network.CreatePass(batch, threads), LayerNames);

    private sealed class Pass(INetwork network, NetworkPass pass, IReadOnlyList<string> layers) : ITestPass
    {
        public float[] Forward(float[] inputs, bool training)
        {
            pass.Training = training;
            pass.Forward(inputs);
            return pass.Output.ToArray();
        }

        public float[] Activation(int layer) => pass.Activations[layers[layer]].ToArray();

        public void BackwardFrom(int layer, float[] gradient)
        {
            if (layer < layers.Count - 1 || pass.Outputs.Count > 1)
            {
                pass.BackwardFrom(layers[layer], gradient);
                return;
            }
            gradient.CopyTo(pass.OutputGradient);
            pass.Backward();
        }

        public float[] Output(int output) => pass.Outputs[output].Values.ToArray();

        public void BackwardFromOutputs(IReadOnlyList<float[]> gradients)
        {
            for (var output = 0; output < gradients.Count; output++)
                gradients[output].CopyTo(pass.Outputs[output].Gradient);
            pass.Backward();
        }

        public float[] Gradient(string parameter) => network.Parameters[parameter].Gradient.ToArray();

        public float[] InputGradient() => pass.InputGradient.ToArray();

        public void Dispose() => pass.Dispose();
    }
}
