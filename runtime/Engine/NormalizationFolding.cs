using System.ComponentModel;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.Engine;

/// <summary>
/// Weights and a bias that do what a product and the batch normalisation behind it do in evaluation: y = (w·x + b − mean)·f + shift, f being
/// scale / √(variance + ε), is (f·w)·x + ((b − mean)·f + shift). Emitted code calls it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class NormalizationFolding
{
    /// <summary>Folds weights that lie as rows, each across all outputs of a panel.</summary>
    /// <param name="parameters">The first parameter; all places are floats from there.</param>
    /// <param name="places">Where everything lies.</param>
    /// <param name="eps">ε.</param>
    /// <param name="outputs">Channels; weights and bias have whole panels.</param>
    /// <param name="panels">Panels of outputs.</param>
    /// <param name="rows">Rows of a panel.</param>
    /// <param name="width">Floats of a row.</param>
    public static void Across(ref float parameters, in FoldedPlaces places, float eps, int outputs, int panels, int rows, int width)
    {
        Span<float> factors = Factors(ref parameters, places, eps, outputs, panels * width);
        ref float source = ref Unsafe.Add(ref parameters, places.Weights), target = ref Unsafe.Add(ref parameters, places.FoldedWeights);
        for (var panel = 0; panel < panels; panel++)
        {
            ReadOnlySpan<float> own = factors.Slice(panel * width, width);
            for (var row = 0; row < rows; row++)
            {
                nint at = (((nint)panel * rows) + row) * width;
                TensorPrimitives.Multiply(
                    MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref source, at), width), own, MemoryMarshal.CreateSpan(ref Unsafe.Add(ref target, at), width));
            }
        }
        Shift(ref parameters, places, factors[..outputs]);
    }

    /// <summary>Folds weights that lie as a row for each output.</summary>
    /// <param name="parameters">The first parameter; all places are floats from there.</param>
    /// <param name="places">Where everything lies.</param>
    /// <param name="eps">ε.</param>
    /// <param name="outputs">Channels.</param>
    /// <param name="width">Floats of an output's row.</param>
    public static void Along(ref float parameters, in FoldedPlaces places, float eps, int outputs, int width)
    {
        Span<float> factors = Factors(ref parameters, places, eps, outputs, outputs);
        ref float source = ref Unsafe.Add(ref parameters, places.Weights), target = ref Unsafe.Add(ref parameters, places.FoldedWeights);
        for (var output = 0; output < outputs; output++)
        {
            nint at = (nint)output * width;
            TensorPrimitives.Multiply(
                MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref source, at), width), factors[output], MemoryMarshal.CreateSpan(ref Unsafe.Add(ref target, at), width));
        }
        Shift(ref parameters, places, factors);
    }

    /// <summary>f of each channel, and 0 behind the last: where the folded bias will be, which needs them last.</summary>
    private static Span<float> Factors(ref float parameters, in FoldedPlaces places, float eps, int outputs, int padded)
    {
        Span<float> factors = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref parameters, places.FoldedBias), padded);
        ref float scale = ref Unsafe.Add(ref parameters, places.Scale), variance = ref Unsafe.Add(ref parameters, places.Variance);
        for (var i = 0; i < outputs; i++)
            factors[i] = (float)(Unsafe.Add(ref scale, i) / Math.Sqrt((double)Unsafe.Add(ref variance, i) + eps));
        factors[outputs..].Clear();
        return factors;
    }

    /// <summary>Factors to biases.</summary>
    private static void Shift(ref float parameters, in FoldedPlaces places, Span<float> factors)
    {
        ref float mean = ref Unsafe.Add(ref parameters, places.Mean), shift = ref Unsafe.Add(ref parameters, places.Shift);
        for (var i = 0; i < factors.Length; i++)
        {
            double bias = places.Bias < 0 ? 0 : Unsafe.Add(ref parameters, places.Bias + i);
            factors[i] = (float)(((bias - Unsafe.Add(ref mean, i)) * factors[i]) + Unsafe.Add(ref shift, i));
        }
    }
}

/// <summary>Where a product's parameters, those of the batch normalisation behind it, and what both are folded into lie: floats from the first parameter.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct FoldedPlaces
{
    /// <summary>The product's weights.</summary>
    public required int Weights { get; init; }

    /// <summary>The product's bias; -1: it has none.</summary>
    public required int Bias { get; init; }

    /// <summary>The normalisation's weight.</summary>
    public required int Scale { get; init; }

    /// <summary>The normalisation's bias.</summary>
    public required int Shift { get; init; }

    /// <summary>Running mean.</summary>
    public required int Mean { get; init; }

    /// <summary>Running variance.</summary>
    public required int Variance { get; init; }

    /// <summary>As large as the weights.</summary>
    public required int FoldedWeights { get; init; }

    /// <summary>A float for each output, in whole panels.</summary>
    public required int FoldedBias { get; init; }
}
