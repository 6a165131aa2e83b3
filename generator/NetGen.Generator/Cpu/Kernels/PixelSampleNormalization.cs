namespace NetGen.Generator.Cpu.Kernels;

/// <summary>A part of a normalisation of each sample by itself; its tensors are those of <see cref="SampleNormalizationPart"/>.</summary>
/// <param name="Part">Which part.</param>
/// <param name="HasWeights">There are weights and biases.</param>
/// <param name="IsPerValue">There is a weight for each value of a sample.</param>
/// <param name="Shape">Of the image.</param>
/// <param name="Groups">Groups of channels.</param>
/// <param name="Statistics">Floats from the statistics, or sums, of a sample to those of the next.</param>
/// <param name="X">Steps of x.</param>
/// <param name="DY">Steps of the gradient that is read.</param>
/// <param name="Result">Steps of what is written.</param>
/// <param name="Eps">Added to the variance.</param>
internal sealed record PixelSampleNormalization(
    SampleNormalizationPart Part, bool HasWeights, bool IsPerValue, PixelShape Shape, int Groups, int Statistics,
    PixelSteps X, PixelSteps DY = default, PixelSteps Result = default, double Eps = 0) : BoundOperation
{
    public override string Name => $"Sample{Part}{Shape}";

    public override string Summary => Part.ToString();

    public override Work Work => Work.Pieces;
}

/// <summary>The parts of a normalisation of each sample by itself. Weights and biases are left out where there are none.</summary>
internal enum SampleNormalizationPart
{
    /// <summary>(x, statistics): for each channel its group's mean, 1/σ and the mean's rest.</summary>
    Statistics,

    /// <summary>(x, weight, bias, statistics, y).</summary>
    Normalize,

    /// <summary>(x, dy, statistics, dweight, dbias).</summary>
    ParameterGradient,

    /// <summary>(x, dy, weight, statistics, sums): for each channel its group's mean of dy·weight, and Σ dy·weight·(x − mean)/(nσ²).</summary>
    GradientSums,

    /// <summary>(x, dy, weight, statistics, sums, dx).</summary>
    InputGradient,
}
