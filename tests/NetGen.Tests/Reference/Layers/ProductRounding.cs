namespace NetGen.Tests.Reference.Layers;

/// <summary>What float32 rounds in the sums of a layer that adds up inputs times numbers, told from the list of its products.</summary>
internal static class ProductRounding
{
    /// <summary>Visits every product: the place of the input, the number, and the place of the output that it is added to.</summary>
    public delegate void Products(Action<int, double, int> visit);

    /// <summary>In computing each output, as a value of that size.</summary>
    public static double[] OfOutputs(LayerCall call, double[] output, Products products) =>
        OfSums(output, add => products((x, number, y) => add(y, call.Input[x] * number)));

    /// <summary>The same of the gradient of each input.</summary>
    public static double[] OfInputGradients(double[] outputGradient, double[] inputGradient, Products products) =>
        OfSums(inputGradient, add => products((x, number, y) => add(x, outputGradient[y] * number)));

    private static double[] OfSums(double[] sums, Action<Action<int, double>> terms)
    {
        (double[] squares, int[] counts) = (new double[sums.Length], new int[sums.Length]);
        terms((place, term) =>
        {
            squares[place] += term * term;
            counts[place]++;
        });
        return [.. sums.Select((sum, i) => Rounding.OfSum(sum, squares[i], counts[i]))];
    }
}
