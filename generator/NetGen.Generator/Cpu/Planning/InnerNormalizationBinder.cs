using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Cpu.Planning;

/// <summary>Binds normalisations of last dimensions, in thin and wide networks alike, to the library's methods.</summary>
internal static class InnerNormalizationBinder
{
    /// <summary>Whether it was one.</summary>
    public static bool TryBind(PassBinder pass, Operation operation)
    {
        switch (operation)
        {
            case InnerNormalize n:
                pass.Add(
                    n, Of(pass, InnerNormalizationPart.Normalize, n.Weight, n.Lines, n.X, n.Statistics, n.Y) with { Eps = n.Eps },
                    [pass.Read(n.X), pass.Write(n.Statistics), pass.Write(n.Y), .. n.Weight < 0 ? [] : new[] { pass.Read(n.Weight), pass.Read(n.Bias) }]);
                return true;
            case InnerInputGradient n:
                pass.Add(
                    n, Of(pass, InnerNormalizationPart.InputGradient, n.Weight, n.Lines, n.X, n.DY, n.Statistics, n.DX),
                    [pass.Read(n.X), pass.Read(n.DY), pass.Read(n.Statistics), pass.Write(n.DX), .. n.Weight < 0 ? [] : new[] { pass.Read(n.Weight) }]);
                return true;
            case InnerParameterGradient n:
                pass.Add(
                    n, Of(pass, InnerNormalizationPart.ParameterGradient, n.DWeight, n.Lines, n.X, n.DY, n.Statistics),
                    pass.Read(n.X), pass.Read(n.DY), pass.Read(n.Statistics), pass.Write(n.DWeight), pass.Write(n.DBias));
                return true;
            default:
                return false;
        }
    }

    private static InnerNormalization Of(PassBinder pass, InnerNormalizationPart part, int weight, int lines, params int[] tensors) =>
        new(part, weight >= 0, pass.Pixels(tensors[0]), lines, [.. tensors.Select(tensor => pass.StepsOf(tensor).Pixels)]);
}
