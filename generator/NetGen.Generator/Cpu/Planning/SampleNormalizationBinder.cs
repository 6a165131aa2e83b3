using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Cpu.Planning;

/// <summary>Binds normalisations of each sample by itself, in thin and wide networks alike, to kernels that all networks of a project share.</summary>
internal static class SampleNormalizationBinder
{
    /// <summary>Whether it was one.</summary>
    public static bool TryBind(PassBinder pass, Operation operation)
    {
        switch (operation)
        {
            case SampleStatistics n:
                pass.Add(n, Of(pass, SampleNormalizationPart.Statistics, n.Groups, n.X, -1, false, n.Statistics) with { Eps = n.Eps }, pass.Read(n.X), pass.Write(n.Statistics));
                return true;
            case SampleNormalize n:
                pass.Add(
                    n, Of(pass, SampleNormalizationPart.Normalize, n.Groups, n.X, n.Weight, n.IsPerValue, n.Statistics) with { Result = pass.StepsOf(n.Y).Pixels },
                    [pass.Read(n.X), .. n.Weight < 0 ? [] : new[] { pass.Read(n.Weight), pass.Read(n.Bias) }, pass.Read(n.Statistics), pass.Write(n.Y)]);
                return true;
            case SampleParameterGradient n:
                pass.Add(
                    n, Of(pass, SampleNormalizationPart.ParameterGradient, 1, n.X, n.DWeight, n.IsPerValue, n.Statistics) with { DY = pass.StepsOf(n.DY).Pixels },
                    pass.Read(n.X), pass.Read(n.DY), pass.Read(n.Statistics), pass.Write(n.DWeight), pass.Write(n.DBias));
                return true;
            case SampleGradientSums n:
                pass.Add(
                    n, Of(pass, SampleNormalizationPart.GradientSums, n.Groups, n.X, n.Weight, n.IsPerValue, n.Statistics) with { DY = pass.StepsOf(n.DY).Pixels },
                    [pass.Read(n.X), pass.Read(n.DY), .. Weight(pass, n.Weight), pass.Read(n.Statistics), pass.Write(n.Sums)]);
                return true;
            case SampleInputGradient n:
                pass.Add(
                    n,
                    Of(pass, SampleNormalizationPart.InputGradient, 1, n.X, n.Weight, n.IsPerValue, n.Statistics) with { DY = pass.StepsOf(n.DY).Pixels, Result = pass.StepsOf(n.DX).Pixels },
                    [pass.Read(n.X), pass.Read(n.DY), .. Weight(pass, n.Weight), pass.Read(n.Statistics), pass.Read(n.Sums), pass.Write(n.DX)]);
                return true;
            default:
                return false;
        }
    }

    private static Argument[] Weight(PassBinder pass, int weight) => weight < 0 ? [] : [pass.Read(weight)];

    private static PixelSampleNormalization Of(PassBinder pass, SampleNormalizationPart part, int groups, int x, int weight, bool isPerValue, int statistics)
    {
        TensorShape image = pass.Shape(pass.Program.Root(x));
        return new(part, weight >= 0, isPerValue, new PixelShape(image.Channels, image.Height, image.Width), groups, pass.StepsOf(statistics).Sample, pass.StepsOf(x).Pixels);
    }
}
