using NetGen;

namespace MnistSample;

/// <summary>A digit as a person sees it.</summary>
/// <param name="Levels">28×28 levels of grey row by row, 0 black to 1 white.</param>
internal sealed record Picture(float[] Levels)
{
    public const int Side = 28;

    public float this[int x, int y] => Levels[y * Side + x];

    /// <summary>What a network's input shows.</summary>
    public static Picture Of(ReadOnlySpan<float> input)
    {
        var levels = new float[input.Length];
        for (int i = 0; i < levels.Length; i++)
            levels[i] = Math.Clamp(input[i] * Mnist.Std + Mnist.Mean, 0, 1);
        return new(levels);
    }
}
