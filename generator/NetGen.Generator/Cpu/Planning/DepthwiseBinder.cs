using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Cpu.Planning;

/// <summary>Binds depthwise convolutions to the shared kernels, which go through all channels side by side. With a channel multiplier they read, or make, an image that is spread.</summary>
internal static class DepthwiseBinder
{
    public static void Bind(PassBinder pass, Contraction c)
    {
        (int read, WideHalo halo) = WideShapes.Read(c);
        pass.AddZerosAround(c, read);
        // An argument that the epilogue does not have is any memory.
        Argument any = pass.Read(c.W);
        WideEpilogue epilogue = WideBinder.EpilogueOf(c, value => pass.StepsOf(value).Pixels);
        Argument other = epilogue.Other == WideOther.None ? any : pass.Read(c.Epilogue[0].Stored);
        PixelSteps y = pass.StepsOf(c.Y).Pixels;
        if (c.Target == Target.Input && ChannelSpread.IsNeeded(c.Window))
        {
            (Buffer spread, Steps steps) = ChannelSpread.Place(pass, c);
            pass.Add(c, Make(c, steps.Pixels, y, new()), pass.Read(c.Y), any, Argument.Write(spread), any, any);
            ChannelSpread.Gather(pass, c, spread, steps);
            return;
        }
        if (c.Target == Target.Input)
        {
            WideBinder.AddProduct(pass, c, Make(c, pass.StepsOf(c.X).Pixels, y, epilogue), pass.Read(c.Y), any, WideBinder.Result(pass, c, c.X), epilogue.Bias ? pass.Read(c.Bias) : any, other);
            return;
        }
        (Argument x, Steps xSteps) = ChannelSpread.Spread(pass, c, halo);
        if (c.Target == Target.Weight)
            pass.Add(c, Make(c, xSteps.Pixels, y, epilogue), x, pass.Read(c.Y), pass.Write(c.W));
        else
            WideBinder.AddProduct(pass, c, Make(c, xSteps.Pixels, y, epilogue), x, any, WideBinder.Result(pass, c, c.Y), epilogue.Bias ? pass.Read(c.Bias) : any, other);
    }

    private static DepthwiseContraction Make(Contraction c, PixelSteps x, PixelSteps y, WideEpilogue epilogue) =>
        new(c.Target, c.Window.Out, WideShapes.Axis(c.Window.Axes[0]), WideShapes.Axis(c.Window.Axes[1]), x, y, epilogue);
}
