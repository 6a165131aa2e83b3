using System.Collections.Immutable;
using NetGen;

namespace ModelZoo.Catalogue;

/// <summary>How a picture becomes the input of a network, as its weights were trained with.</summary>
/// <param name="ShorterSide">What the shorter side is scaled to before the middle is cut out; a picture that has the network's size is taken as it is.</param>
/// <param name="Mean">Subtracted from red, green and blue, or grey, of 0 to 1.</param>
/// <param name="Deviation">What they are divided by then.</param>
public sealed record PictureForm(int ShorterSide, ImmutableArray<float> Mean, ImmutableArray<float> Deviation)
{
    /// <summary>Photographs as torchvision's networks take them.</summary>
    public static PictureForm ImageNet { get; } = new(256, [0.485f, 0.456f, 0.406f], [0.229f, 0.224f, 0.225f]);

    /// <summary>Small photographs with the same means.</summary>
    public static PictureForm Cifar { get; } = ImageNet with { ShorterSide = 32 };

    /// <summary>Digits, white on black.</summary>
    public static PictureForm Digits { get; } = new(28, [Mnist.Mean], [Mnist.Std]);

    /// <summary>Whether blue comes first and red last.</summary>
    public bool IsBlueFirst { get; init; }

    /// <summary>The output that is the first class; what comes before it is none.</summary>
    public int FirstClass { get; init; }

    /// <summary>What a network takes.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="shape">The network's input, [channels, height, width]; a channel is of grey, three are of colours.</param>
    /// <returns>Values of that shape.</returns>
    public float[] Prepare(RgbImage image, Shape shape)
    {
        (int channels, int height, int width) = (shape[0], shape[1], shape[2]);
        bool isItsSize = (image.Height, image.Width) == (height, width);
        float[] colours = image.Middle(height, width, isItsSize ? Math.Min(height, width) : ShorterSide);
        int area = height * width;
        var input = new float[channels * area];
        for (var channel = 0; channel < channels; channel++)
        {
            int from = area * (IsBlueFirst ? channels - 1 - channel : channel);
            for (var i = 0; i < area; i++)
            {
                float level = channels == 1 ? (0.299f * colours[i]) + (0.587f * colours[area + i]) + (0.114f * colours[(2 * area) + i]) : colours[from + i];
                input[(channel * area) + i] = (level - Mean[channel]) / Deviation[channel];
            }
        }
        return input;
    }
}
