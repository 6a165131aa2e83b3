using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Cpu.Planning;

/// <summary>Binds products to the kernels of wide layers.</summary>
internal static class WideBinder
{
    public static void Bind(PassBinder pass, Contraction c)
    {
        int input = pass.Program.Root(c.X);
        WideConvolution convolution = WideShapes.Of(c, pass.Shape(input), pass.Values.Parameter(c.W).IsRowOfFeatures);
        PixelSteps x = StepsOf(pass, c, c.X, convolution.In), y = StepsOf(pass, c, c.Y, c.Window.Out);
        if (!c.Window.IsLinear)
            pass.AddZerosAround(c, WideShapes.Read(c).Value);
        switch (c.Target)
        {
            case Target.Output:
                Argument[] bias = c.Bias >= 0 ? [pass.Read(c.Bias)] : [];
                var forward = new WideEpilogue(Bias: c.Bias >= 0, Adds: c.Accumulates, HasLowest: c.Epilogue.Count > 0);
                pass.Add(new Step(new WideContraction(c.Target, convolution, x, y, forward), [pass.Read(c.X), pass.Read(c.W), Result(pass, c, c.Y), .. bias], c.Node)
                {
                    When = c.When,
                    IsBeforeReLU = c.Epilogue.Any(e => e.Kind == EpilogueKind.Unbounded),
                });
                break;
            case Target.Input:
                EpilogueStep? derivative = c.Epilogue.FirstOrDefault();
                bool isMask = derivative is { Function: Function.ReLU };
                var backward = isMask
                    ? new WideEpilogue(Adds: c.Accumulates, Other: WideOther.Mask, OtherSteps: StepsOf(pass, c, derivative!.Stored, convolution.In))
                    : new WideEpilogue(Adds: c.Accumulates);
                Argument[] stored = isMask ? [pass.Read(derivative!.Stored)] : [];
                pass.Add(c, new WideContraction(c.Target, convolution, x, y, backward), [pass.Read(c.Y), pass.Read(c.W), Result(pass, c, c.X), .. stored]);
                if (derivative is not null && !isMask)
                    pass.AddDerivative(c, derivative.Function, derivative.Stored, c.X);
                break;
            default:
                pass.Add(c, new WideContraction(c.Target, convolution, x, y, new WideEpilogue()), pass.Read(c.X), pass.Read(c.Y), pass.Write(c.W));
                break;
        }
    }

    /// <summary>A linear layer's values are one pixel, whatever image they are elsewhere.</summary>
    private static PixelSteps StepsOf(PassBinder pass, Contraction c, int value, int channels)
    {
        Steps steps = pass.StepsOf(value);
        return c.Window.IsLinear ? new PixelSteps(channels, channels, steps.Sample) : steps.Pixels;
    }

    private static Argument Result(PassBinder pass, Contraction c, int value) => c.Accumulates ? pass.Update(value) : pass.Write(value);
}
