namespace NetGen.Tests.Reference.Layers;

/// <summary>What a layer computes that adds up inputs times weights, told from the list of its products: parameters are the weights, and the biases where there are any.</summary>
/// <param name="Call">The layer's call.</param>
/// <param name="Each">Visits every product: the places of the input, of the weight, and of the output that it is added to.</param>
/// <param name="BiasOf">The place of the bias that an output starts from; null: there are none.</param>
internal sealed record WeightedProducts(LayerCall Call, Action<Action<int, int, int>> Each, Func<int, int>? BiasOf)
{
    private double[] Weights => Call.Parameters[0].Values;

    public double[] Forward()
    {
        var output = new double[Call.Batch * Call.OutputSize];
        for (var y = 0; BiasOf is not null && y < output.Length; y++)
            output[y] = Call.Parameters[1].Values[BiasOf(y)];
        double[] weights = Weights;
        Each((x, w, y) => output[y] += Call.Input[x] * weights[w]);
        return output;
    }

    public double[] Backward(double[] outputGradient)
    {
        for (var y = 0; BiasOf is not null && y < outputGradient.Length; y++)
            Call.Parameters[1].AddGradient(BiasOf(y), outputGradient[y]);
        var inputGradient = new double[Call.Input.Length];
        double[] weights = Weights;
        Each((x, w, y) =>
        {
            Call.Parameters[0].AddGradient(w, outputGradient[y] * Call.Input[x]);
            inputGradient[x] += outputGradient[y] * weights[w];
        });
        return inputGradient;
    }

    public double[] Rounded(double[] output) => ProductRounding.OfOutputs(Call, output, Numbers);

    public double[] RoundedBackward(double[] outputGradient, double[] inputGradient) => ProductRounding.OfInputGradients(outputGradient, inputGradient, Numbers);

    private void Numbers(Action<int, double, int> visit)
    {
        double[] weights = Weights;
        Each((x, w, y) => visit(x, weights[w], y));
    }
}
