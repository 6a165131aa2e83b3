namespace NetGen.Tests.Reference;

/// <summary>A named tensor of a reference network in PyTorch's layout.</summary>
internal sealed class ReferenceParameter(string name, Layers.ParameterSpec spec)
{
    private readonly double[] squares = new double[spec.Shape.Aggregate(1, (size, extent) => size * extent)];
    private readonly int[] counts = new int[spec.Shape.Aggregate(1, (size, extent) => size * extent)];

    /// <summary>With the layer's name: <c>conv1.weight</c>.</summary>
    public string Name { get; } = name;

    /// <summary>How it was declared.</summary>
    public Layers.ParameterSpec Spec { get; } = spec;

    /// <summary>Row-major values.</summary>
    public double[] Values { get; } = new double[spec.Shape.Aggregate(1, (size, extent) => size * extent)];

    /// <summary>The gradient of the last backward pass; stays 0 for running statistics.</summary>
    public double[] Gradient { get; } = new double[spec.Shape.Aggregate(1, (size, extent) => size * extent)];

    /// <summary>What <see cref="Gradient"/> would be if no term cancelled another: the sums of the terms' sizes.</summary>
    public double[] Terms { get; } = new double[spec.Shape.Aggregate(1, (size, extent) => size * extent)];

    /// <summary>What float32 rounds in computing <see cref="Gradient"/>, each element being a sum.</summary>
    public double[] Rounded => [.. Gradient.Select((sum, i) => Rounding.OfSum(sum, squares[i], counts[i]))];

    /// <summary>Adds a term to an element of the gradient.</summary>
    public void AddGradient(int index, double term)
    {
        Gradient[index] += term;
        Terms[index] += Math.Abs(term);
        squares[index] += term * term;
        counts[index]++;
    }

    /// <summary>Adds several terms, and what they come to, to an element of the gradient.</summary>
    /// <param name="index">The element.</param>
    /// <param name="sum">The terms' sum.</param>
    /// <param name="sizes">The sum of their sizes.</param>
    /// <param name="square">The sum of their squares.</param>
    /// <param name="count">How many there are.</param>
    public void AddGradient(int index, double sum, double sizes, double square, int count)
    {
        Gradient[index] += sum;
        Terms[index] += sizes;
        squares[index] += square;
        counts[index] += count;
    }

    /// <summary>Sets the gradient to 0.</summary>
    public void ClearGradient()
    {
        Array.Clear(Gradient);
        Array.Clear(Terms);
        Array.Clear(squares);
        Array.Clear(counts);
    }
}
