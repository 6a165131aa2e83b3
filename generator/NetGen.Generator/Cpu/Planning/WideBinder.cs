using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Cpu.Planning;

/// <summary>Binds products to the kernels of wide layers.</summary>
internal static class WideBinder
{
    public static void Bind(PassBinder pass, Contraction c)
    {
        if (c.Window.IsLinear)
            BindLinear(pass, c);
        else
            BindConvolution(pass, c);
    }

    private static void BindConvolution(PassBinder pass, Contraction c)
    {
        pass.AddZerosAround(c, WideShapes.Read(c).Value);
        PixelSteps StepsOf(int value) => pass.StepsOf(value).Pixels;
        Add(pass, c, WideShapes.Of(c, pass.Shape(c.X), false), StepsOf(c.X), StepsOf(c.Y), StepsOf);
    }

    /// <summary>
    /// A linear layer's features are one run, whatever image they are elsewhere. An image with something around it is read as by a convolution
    /// whose kernel covers it, and its gradient is made as a run and copied there.
    /// </summary>
    private static void BindLinear(PassBinder pass, Contraction c)
    {
        TensorShape image = pass.Shape(pass.Program.Root(c.X));
        WideConvolution run = WideShapes.Of(c, image, pass.Values.Parameter(c.W).IsRowOfFeatures);
        PixelSteps StepsOf(int value) => new(run.In, run.In, pass.StepsOf(value).Sample);
        var y = new PixelSteps(run.Out, run.Out, pass.StepsOf(c.Y).Sample);
        if (pass.Values.HaloOf(c.X) == default)
        {
            Add(pass, c, run, StepsOf(c.X), y, StepsOf);
            return;
        }
        PixelSteps x = pass.StepsOf(c.X).Pixels;
        if (c.Target != Target.Input)
        {
            var covering = new WideConvolution(x.Pixel, run.Out, new WideAxis(1, image.Height, image.Height), new WideAxis(1, image.Width, image.Width));
            Add(pass, c, covering, x, y, StepsOf);
            return;
        }
        var dense = new PixelSteps(x.Pixel, image.Width * x.Pixel, run.In);
        Buffer features = pass.NewPerSample(Value.NameOf(pass.Program.Values[pass.Program.Root(c.X)].Name, "features"), run.In);
        pass.Add(
            c, new WideContraction(c.Target, run, new PixelSteps(run.In, run.In, run.In), y, new WideEpilogue()),
            pass.Read(c.Y), pass.Read(c.W), Argument.Write(features));
        pass.Add(
            c, pass.Map(c.Accumulates ? ElementwiseFunction.Add : ElementwiseFunction.Copy, c.X, c.X) with { First = dense },
            Argument.Read(features), Result(pass, c, c.X));
        if (c.Epilogue.FirstOrDefault() is { } derivative)
            AddDerivative(pass, c, derivative);
    }

    private static void Add(PassBinder pass, Contraction c, WideConvolution convolution, PixelSteps x, PixelSteps y, Func<int, PixelSteps> stepsOf)
    {
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
                var backward = new WideEpilogue(
                    Adds: c.Accumulates, Other: isMask ? WideOther.Mask : WideOther.None, OtherSteps: isMask ? stepsOf(derivative!.Stored) : default);
                Argument[] stored = isMask ? [pass.Read(derivative!.Stored)] : [];
                pass.Add(c, new WideContraction(c.Target, convolution, x, y, backward), [pass.Read(c.Y), pass.Read(c.W), Result(pass, c, c.X), .. stored]);
                if (derivative is not null && !isMask)
                    AddDerivative(pass, c, derivative);
                break;
            default:
                pass.Add(c, new WideContraction(c.Target, convolution, x, y, new WideEpilogue()), pass.Read(c.X), pass.Read(c.Y), pass.Write(c.W));
                break;
        }
    }

    private static void AddDerivative(PassBinder pass, Contraction c, EpilogueStep derivative) =>
        pass.Add(c, pass.Map(Binders.GradientOf(derivative.Function), derivative.Stored, c.X), pass.Read(derivative.Stored), pass.Update(c.X));

    private static Argument Result(PassBinder pass, Contraction c, int value) => c.Accumulates ? pass.Update(value) : pass.Write(value);
}
