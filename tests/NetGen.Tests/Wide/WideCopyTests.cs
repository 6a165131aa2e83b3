using System.Reflection;
using System.Runtime.Loader;
using NetGen.Generator.Cpu.Wide;
using NetGen.Tests.Compilation;

namespace NetGen.Tests.Wide;

/// <summary>Copies between planes and pixels, and zeros around images, float by float.</summary>
public class WideCopyTests
{
    private const string Space = "NetGen.Emitted.Copies";

    private delegate void Copy(ref float first, ref float second, nint samples, nint from, nint to);

    private delegate void Clear(ref float pixels, nint samples, nint from, nint to);

    public static TheoryData<int, int, int, int, int> Shapes => new()
    {
        { 3, 5, 7, 3, 0 }, { 1, 4, 4, 16, 1 }, { 16, 3, 20, 16, 0 }, { 20, 17, 18, 32, 2 }, { 64, 4, 4, 64, 0 }, { 35, 1, 1, 48, 1 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Images_become_pixels_and_planes_again(int channels, int height, int width, int pixel, int halo)
    {
        var memory = new WideMemory(channels, height, width, pixel, new(halo, halo, halo, halo), (0, 0));
        WideDriver to = CopyDriver.ToPixels(channels, height, width, memory.Steps), back = CopyDriver.ToPlanes(channels, height, width, memory.Steps);
        WideDriver clear = CopyDriver.ClearHalo(channels, height, width, memory.Steps, memory.Halo);
        Type type = Compile(to.Write("To"), back.Write("Back"), clear.Write("Clear"), to.Needs.And(back.Needs));
        const int Samples = 2;
        float[] planes = [.. Enumerable.Range(1, Samples * channels * height * width).Select(i => (float)i)], pixels = new float[memory.Floats(Samples)], again = new float[planes.Length];
        Array.Fill(pixels, -1f);

        type.GetMethod("To")!.CreateDelegate<Copy>()(ref planes[0], ref pixels[memory.Origin], Samples, 0, Samples);
        type.GetMethod("Clear")!.CreateDelegate<Clear>()(ref pixels[memory.Origin], Samples, 0, Samples);
        type.GetMethod("Back")!.CreateDelegate<Copy>()(ref pixels[memory.Origin], ref again[0], Samples, 0, Samples);

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
                        float expected = k >= channels ? -1 : isInside ? planes[(((((n * channels) + k) * height) + r) * width) + q] : 0;
                        float actual = pixels[memory.Origin + memory.Place(n, r, q, k)];
                        // Between two cleared pixels the padding is cleared with them.
                        if (k < channels || isInside)
                            actual.ShouldBe(expected, $"[{n}, {r}, {q}, {k}]");
                    }
                }
            }
        }
    }

    private static Type Compile(string to, string back, string clear, WideNeeds needs)
    {
        string drivers = $$"""
            #nullable disable
            namespace {{Space}};
            using System;
            using System.Runtime.CompilerServices;
            public static class Drivers
            {
            {{to.Replace("internal static", "public static", StringComparison.Ordinal)}}
            {{back.Replace("internal static", "public static", StringComparison.Ordinal)}}
            {{clear.Replace("internal static", "public static", StringComparison.Ordinal)}}
            }
            """;
        byte[] image = NetworkCompiler.CompileFiles([.. WideKernels.Write(needs, Space).Select(file => file.Text), drivers]);
        return new AssemblyLoadContext("copies").LoadFromStream(new MemoryStream(image)).GetType($"{Space}.Drivers")!;
    }
}
