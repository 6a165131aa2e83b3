using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Cpu.Planning;

/// <summary>Binds products with weights of each place, in thin and wide networks alike, to kernels that a whole project shares.</summary>
internal static class LocalProductBinder
{
    /// <summary>Whether it was one.</summary>
    public static bool TryBind(PassBinder pass, Operation operation)
    {
        switch (operation)
        {
            case LocalProduct p:
                pass.Add(
                    p, Of(pass, Target.Output, p.Window, p.X, p.Y, p.Bias >= 0), pass.Read(p.X), pass.Read(p.W), p.Bias >= 0 ? pass.Read(p.Bias) : pass.Read(p.W), pass.Write(p.Y));
                return true;
            case LocalInputGradient p:
                pass.Add(p, Of(pass, Target.Input, p.Window, p.DX, p.DY, false), pass.Read(p.W), pass.Read(p.DY), pass.Write(p.DX));
                return true;
            case LocalWeightGradient { DBias: >= 0 } p:
                pass.Add(p, Of(pass, Target.Weight, p.Window, p.X, p.DY, true), pass.Read(p.X), pass.Read(p.DY), pass.Write(p.DW), pass.Write(p.DBias));
                return true;
            case LocalWeightGradient p:
                pass.Add(p, Of(pass, Target.Weight, p.Window, p.X, p.DY, false), pass.Read(p.X), pass.Read(p.DY), pass.Write(p.DW), pass.Read(p.X));
                return true;
            default:
                return false;
        }
    }

    private static PixelLocalProduct Of(PassBinder pass, Target target, Window window, int x, int y, bool hasBias) =>
        new(target, window.In, window.Out, WideShapes.Axis(window.Axes[0]), WideShapes.Axis(window.Axes[1]), pass.StepsOf(x).Pixels, pass.StepsOf(y).Pixels, hasBias);
}
