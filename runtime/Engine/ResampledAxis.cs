using System.ComponentModel;

namespace NetGen.Engine;

/// <summary>One direction in which volumes are resampled.</summary>
/// <param name="Outside">What is outside of the volume.</param>
/// <param name="Input">Inputs.</param>
/// <param name="Output">Outputs.</param>
/// <param name="Before">Outputs before the first input; below 0: inputs before the first output.</param>
/// <param name="Step">Inputs between neighbouring outputs.</param>
/// <param name="Scale">Outputs for each input; where above 1, Step is 1.</param>
/// <param name="IsMixed">Outputs are mixed of the two inputs around their centres. Beyond the centres of the outermost ones they are these.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct ResampledAxis(Outside Outside, int Input, int Output, int Before, int Step, int Scale, bool IsMixed)
{
    /// <summary>The two inputs that an output is mixed of, and the share of the second; below 0: zeros.</summary>
    public (int First, int Second, float Share) Of(int output)
    {
        if (!IsMixed)
        {
            int place = Outside.Place((output / Scale * Step) - Before, Input);
            return (place, place, 0);
        }
        // Half steps from the centre of the first input.
        long halves = Math.Max(0, (2L * output) + 1 - Scale), whole = 2L * Scale;
        var first = (int)(halves / whole);
        return (first, Math.Min(first + 1, Input - 1), (halves - (first * whole)) / (float)whole);
    }
}
