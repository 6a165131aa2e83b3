using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Cpu.Planning;

/// <summary>Binds what moves, repeats and mixes pixels, in thin and wide networks alike, to kernels that a whole project shares.</summary>
internal static class ResamplingBinder
{
    public static void Bind(PassBinder pass, Resample r) => pass.Add(r, Of(pass, r.Resampling, r.X, r.Y, isGradient: false), pass.Read(r.X), pass.Write(r.Y));

    public static void Bind(PassBinder pass, ResampleGradient r) => pass.Add(r, Of(pass, r.Resampling, r.DX, r.DY, isGradient: true), pass.Read(r.DY), pass.Write(r.DX));

    private static PixelResampling Of(PassBinder pass, Resampling resampling, int small, int large, bool isGradient) =>
        new(isGradient, resampling, pass.Shape(small).Channels, pass.StepsOf(small).Pixels, pass.StepsOf(large).Pixels);
}
