namespace NetGen.Generator.Cpu.Kernels;

/// <summary>A part of a normalisation of the last dimensions of samples, done by the runtime; its tensors are those of <see cref="InnerNormalizationPart"/>.</summary>
/// <param name="Part">Which part.</param>
/// <param name="HasWeights">There are weights and biases.</param>
/// <param name="Shape">Of the image.</param>
/// <param name="Lines">Lines that are normalised together.</param>
/// <param name="Steps">Of the tensors but weights and biases, in their order.</param>
/// <param name="Eps">Added to the variance.</param>
internal sealed record InnerNormalization(
    InnerNormalizationPart Part, bool HasWeights, PixelShape Shape, int Lines, Collections.EquatableArray<PixelSteps> Steps, double Eps = 0) : RuntimeOperation
{
    public override Work Work => Part == InnerNormalizationPart.ParameterGradient ? Work.Pieces : Work.Samples;

    /// <summary>Places that have weights, which share a gradient's work out.</summary>
    public int Places => checked(Lines * Shape.Width);
}

/// <summary>The parts of a normalisation of last dimensions. Weights and biases are left out where there are none.</summary>
internal enum InnerNormalizationPart
{
    /// <summary>(x, statistics, y, weight, bias).</summary>
    Normalize,

    /// <summary>(x, dy, statistics, dx, weight).</summary>
    InputGradient,

    /// <summary>(x, dy, statistics, dweight, dbias).</summary>
    ParameterGradient,
}
