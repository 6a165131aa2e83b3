namespace NetGen.Tests.Reference.Layers;

/// <summary>A layer that maps each value by itself.</summary>
internal abstract record ElementwiseLayer : Layer
{
    public sealed override double[] Forward(LayerCall call) => [.. call.Input.Select(Map)];

    public sealed override double[] Backward(LayerCall call, double[] output, double[] outputGradient) =>
        [.. outputGradient.Select((gradient, i) => gradient * Derivative(call.Input[i], output[i]))];

    /// <summary>How far the values are from those where the derivative jumps.</summary>
    protected static double Distance(LayerCall call, params double[] jumps) => call.Input.SelectMany(x => jumps.Select(jump => Math.Abs(x - jump))).Where(d => d != 0).DefaultIfEmpty(1).Min();

    /// <summary>y of x.</summary>
    protected abstract double Map(double x);

    /// <summary>dy/dx.</summary>
    protected abstract double Derivative(double x, double y);
}
