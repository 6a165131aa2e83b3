using System.Globalization;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Layers;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Graph;

/// <summary>The images that flat features probably are: square, grey or in colour.</summary>
internal static class ImageShapes
{
    private static readonly int[] Channels = [1, 3];

    /// <summary>Adds to a problem which [Input] would be right.</summary>
    public static Problem Suggest(Problem problem, int features) => problem.Texts.Contains(Check.OfImages) && Guess(features) is { } image
        ? problem with
        {
            Texts = [.. problem.Texts.Items.RemoveAt(problem.Texts.Count - 1), $": are they images, declare [Input({Arguments(image)})]"],
            Correction = Arguments(image),
        }
        : problem;

    /// <summary>The square image of that many values; null if there is none.</summary>
    public static TensorShape? Guess(int features)
    {
        foreach (int channels in Channels)
        {
            var side = (int)Math.Round(Math.Sqrt(features / (double)channels));
            if (side > 1 && (long)channels * side * side == features)
                return TensorShape.Image(channels, side, side);
        }
        return null;
    }

    private static string Arguments(TensorShape image) => string.Join(", ", image.Extents.Select(extent => extent.ToString(CultureInfo.InvariantCulture)));
}
