using NetGen.Engine;

namespace NetGen.Tests.Engine;

/// <summary>Changes between samples as lanes and pixels, against plain loops, beside memory that must stay as it is.</summary>
public class LayoutTransformTests
{
    private const int Lanes = 16;

    public static TheoryData<int, int, int, int> Shapes => new()
    {
        { 1, 1, 1, 1 }, { 3, 2, 5, 16 }, { 8, 3, 3, 16 }, { 8, 3, 3, 5 }, { 16, 2, 2, 16 }, { 20, 3, 1, 16 }, { 33, 1, 2, 7 }, { 12, 4, 4, 9 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Lanes_become_pixels(int channels, int height, int width, int count)
    {
        (int pixel, int line, int sample) = Steps(channels, height, width);
        float[] lanes = Numbers(channels * height * width * Lanes), image = Filled(Lanes * sample), expected = [.. image];
        int padded = (channels + 15) / 16 * 16;
        LayoutTransform.LanesToPixels(ref lanes[0], channels, height, width, ref image[0], padded, pixel, line, sample, count);
        Each(count, height, width, (s, h, w) =>
        {
            for (var c = 0; c < padded; c++)
                expected[(s * sample) + (h * line) + (w * pixel) + c] = c < channels ? lanes[(((((c * height) + h) * width) + w) * Lanes) + s] : 0;
        });
        image.ShouldBe(expected);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Pixels_become_lanes(int channels, int height, int width, int count)
    {
        (int pixel, int line, int sample) = Steps(channels, height, width);
        float[] image = Numbers(Lanes * sample), lanes = Filled((channels * height * width * Lanes) + 8), expected = [.. lanes];
        LayoutTransform.PixelsToLanes(ref image[0], pixel, line, sample, channels, height, width, ref lanes[0], count);
        Each(Lanes, height, width, (s, h, w) =>
        {
            for (var c = 0; c < channels; c++)
                expected[(((((c * height) + h) * width) + w) * Lanes) + s] = s < count ? image[(s * sample) + (h * line) + (w * pixel) + c] : 0;
        });
        lanes.ShouldBe(expected);
    }

    [Theory]
    [InlineData(1, 0, 40)]
    [InlineData(3, 16, 40)]
    [InlineData(5, 16, 32)]
    public void Groups_are_added_up(int groups, int from, int to)
    {
        const int Step = 48;
        float[] parts = Numbers(groups * Step), sums = Filled(40), expected = [.. sums];
        LayoutTransform.SumGroups(ref parts[0], Step, groups, ref sums[0], from, to);
        for (int i = from; i < to; i++)
            expected[i] = Enumerable.Range(0, groups).Sum(group => parts[(group * Step) + i]);
        sums.ShouldBe(expected, 1e-4);
    }

    private static (int Pixel, int Line, int Sample) Steps(int channels, int height, int width)
    {
        int pixel = (channels + 15) / 16 * 16, line = (width + 2) * pixel;
        return (pixel, line, ((height + 2) * line) + 16);
    }

    private static float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(i => ((i * 37 % 101) - 50) / 7f)];

    private static float[] Filled(int count) => [.. Enumerable.Repeat(-12345f, count)];

    private static void Each(int count, int height, int width, Action<int, int, int> what)
    {
        for (var s = 0; s < count; s++)
        {
            for (var h = 0; h < height; h++)
            {
                for (var w = 0; w < width; w++)
                    what(s, h, w);
            }
        }
    }
}
