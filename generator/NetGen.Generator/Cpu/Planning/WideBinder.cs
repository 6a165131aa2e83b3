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
        else if (c.Window.IsDepthwise)
            DepthwiseBinder.Bind(pass, c);
        else
            BindConvolution(pass, c);
    }

    private static void BindConvolution(PassBinder pass, Contraction c)
    {
        pass.AddZerosAround(c, WideShapes.Read(c).Value);
        PixelSteps StepsOf(int value) => pass.StepsOf(value).Pixels;
        WideConvolution convolution = WideShapes.Of(c, pass.Shape(c.X), false);
        PixelSteps read = StepsOf(c.Target == Target.Input ? c.Y : c.X);
        if (!pass.Values.Parameter(c.W).IsWinograd || !WinogradTiles.Suits(c.Target, convolution) || read.Pixel % InstructionSet.Block != 0)
            Add(pass, c, convolution, StepsOf(c.X), StepsOf(c.Y), StepsOf);
        else if (c.Target == Target.Weight)
            AddProduct(pass, c, new WinogradContraction(c.Target, convolution, read, StepsOf(c.Y), new()), pass.Read(c.X), pass.Read(c.Y), pass.Write(c.W));
        else
            AddWinograd(pass, c, convolution, StepsOf);
    }

    private static void AddWinograd(PassBinder pass, Contraction c, WideConvolution convolution, Func<int, PixelSteps> stepsOf)
    {
        WideEpilogue epilogue = EpilogueOf(c, stepsOf);
        (int source, int result) = c.Target == Target.Input ? (c.Y, c.X) : (c.X, c.Y);
        // An argument that the epilogue does not have is any memory.
        Argument any = pass.Read(c.W);
        AddProduct(
            pass, c, new WinogradContraction(c.Target, convolution, stepsOf(source), stepsOf(result), epilogue),
            pass.Read(source), any, Result(pass, c, result), epilogue.Bias ? pass.Read(c.Bias) : any, epilogue.Other == WideOther.None ? any : pass.Read(c.Epilogue[0].Stored));
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
            pass.AddDerivative(c, derivative, c.X);
    }

    private static void Add(PassBinder pass, Contraction c, WideConvolution convolution, PixelSteps x, PixelSteps y, Func<int, PixelSteps> stepsOf)
    {
        WideEpilogue epilogue = EpilogueOf(c, stepsOf);
        Argument[] others = [.. epilogue.Bias ? new[] { pass.Read(c.Bias) } : [], .. epilogue.Other == WideOther.None ? [] : new[] { pass.Read(c.Epilogue[0].Stored) }];
        Argument[] arguments = c.Target switch
        {
            Target.Output => [pass.Read(c.X), pass.Read(c.W), Result(pass, c, c.Y), .. others],
            Target.Input => [pass.Read(c.Y), pass.Read(c.W), Result(pass, c, c.X), .. others],
            _ => [pass.Read(c.X), pass.Read(c.Y), pass.Write(c.W)],
        };
        AddProduct(pass, c, new WideContraction(c.Target, convolution, x, y, epilogue) { Groups = c.Window.Groups }, arguments);
    }

    /// <summary>What a product does with its sums before they are stored.</summary>
    public static WideEpilogue EpilogueOf(Contraction c, Func<int, PixelSteps> stepsOf)
    {
        if (c.Target == Target.Weight)
            return new();
        WideOther other = c.Epilogue.FirstOrDefault() switch
        {
            { Kind: EpilogueKind.Sum } => WideOther.Add,
            { Kind: EpilogueKind.Derivative, Function.Kind: FunctionKind.ReLU } => WideOther.Mask,
            _ => WideOther.None,
        };
        return new(
            Bias: c.Bias >= 0, Adds: c.Accumulates, HasLowest: c.Epilogue.Any(e => e.Kind is EpilogueKind.AtLeastZero or EpilogueKind.Unbounded),
            Other: other, OtherSteps: other == WideOther.None ? default : stepsOf(c.Epilogue[0].Stored));
    }

    /// <summary>The product, and behind it the derivative that its epilogue cannot do.</summary>
    public static void AddProduct(PassBinder pass, Contraction c, BoundOperation product, params Argument[] arguments)
    {
        pass.Add(new Step(product, [.. arguments], c.Node)
        {
            When = c.When,
            Unless = c.Unless,
            IsBeforeReLU = c.Epilogue.Any(e => e.Kind == EpilogueKind.Unbounded),
        });
        if (c.Epilogue.FirstOrDefault() is { Kind: EpilogueKind.Derivative, Function.Kind: not FunctionKind.ReLU } derivative)
            pass.AddDerivative(c, derivative, c.Target == Target.Input ? c.X : c.Y);
    }

    public static Argument Result(PassBinder pass, Contraction c, int value) => c.Accumulates ? pass.Update(value) : pass.Write(value);
}
