using System.Reflection;
using System.Runtime.Loader;
using NetGen.Engine;
using NetGen.Generator.Cpu.Wide;
using NetGen.Tests.Compilation;

namespace NetGen.Tests.Wide;

/// <summary>Copies between the user's planes and pixels in memory, and zeros around images, float by float.</summary>
public class HaloTests
{
    private const string Space = "NetGen.Emitted.Copies";

    private delegate void Clear(ref float pixels, nint samples, nint from, nint to);

    public static TheoryData<int, int, int, int, int> Shapes => new()
    {
        { 3, 5, 7, 3, 0 }, { 3, 6, 9, 3, 2 }, { 3, 3, 3, 3, 1 }, { 1, 4, 4, 16, 1 }, { 16, 3, 20, 16, 0 }, { 20, 17, 18, 32, 2 }, { 64, 4, 4, 64, 0 }, { 35, 1, 1, 48, 1 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Images_become_pixels_with_zeros_around_them_and_planes_again(int channels, int height, int width, int pixel, int halo)
    {
        var memory = new WideMemory(channels, height, width, pixel, new(halo, halo, halo, halo), (0, 0));
        WideDriver clear = HaloDriver.Write(pixel, height, width, memory.Steps, memory.Halo);
        Type type = Compile(clear.Write("Clear"), clear.Needs);
        const int Samples = 2;
        int size = channels * height * width;
        float[] planes = [.. Enumerable.Range(1, Samples * size).Select(i => (float)i)], pixels = new float[memory.Floats(Samples)], again = new float[planes.Length];
        Array.Fill(pixels, -1f);

        LayoutTransform.RowsToPixels(
            ref planes[0], size, channels, height, width, ref pixels[memory.Origin], pixel, memory.Steps.Pixel, memory.Steps.Row, memory.Steps.Sample, 0, Samples);
        type.GetMethod("Clear")!.CreateDelegate<Clear>()(ref pixels[memory.Origin], Samples, 0, Samples);
        LayoutTransform.PixelsToRows(
            ref pixels[memory.Origin], memory.Steps.Pixel, memory.Steps.Row, memory.Steps.Sample, channels, height, width, ref again[0], size, 0, Samples);

        again.ShouldBe(planes);
        for (var n = 0; n < Samples; n++)
        {
            for (int r = -halo; r < height + halo; r++)
            {
                for (int q = -halo; q < width + halo; q++)
                {
                    bool isInside = r >= 0 && r < height && q >= 0 && q < width;
                    for (var k = 0; k < pixel; k++)
                    {
                        float expected = isInside && k < channels ? planes[(((((n * channels) + k) * height) + r) * width) + q] : 0;
                        pixels[memory.Origin + memory.Place(n, r, q, k)].ShouldBe(expected, $"[{n}, {r}, {q}, {k}]");
                    }
                }
            }
        }
    }

    private static Type Compile(string clear, WideNeeds needs)
    {
        string drivers = $$"""
            #nullable disable
            namespace {{Space}};
            using System;
            using System.Runtime.CompilerServices;
            public static class Drivers
            {
            {{clear.Replace("internal static", "public static", StringComparison.Ordinal)}}
            }
            """;
        byte[] image = NetworkCompiler.CompileFiles([.. WideKernels.Write(needs, Space).Select(file => file.Text), drivers]);
        return new AssemblyLoadContext("halos").LoadFromStream(new MemoryStream(image)).GetType($"{Space}.Drivers")!;
    }
}
