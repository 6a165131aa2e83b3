using System.Globalization;
using System.Numerics.Tensors;
using Spectre.Console;

namespace MnistSample.Terminal;

/// <summary>A bar for the probability of each digit.</summary>
internal static class ProbabilityBars
{
    private const int Width = 40;

    public static void Write(IAnsiConsole console, ReadOnlySpan<float> probabilities)
    {
        int best = TensorPrimitives.IndexOfMax(probabilities);
        for (int digit = 0; digit < probabilities.Length; digit++)
        {
            var bar = new string('█', (int)MathF.Round(Width * probabilities[digit]));
            string line = string.Create(CultureInfo.InvariantCulture, $"{digit,3} {100 * probabilities[digit],6:0.0} % {bar}").TrimEnd();
            console.MarkupLine(digit == best ? $"[bold green]{line}[/]" : line);
        }
    }
}
