using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Cpu.Planning;

/// <summary>
/// An image whose channels are laid out once more for the output channels of groups: of each input channel of a group a block in which every output channel
/// finds it in its own place.
/// </summary>
internal static class ChannelSpread
{
    /// <summary>Whether output channels find their inputs elsewhere than in their own place.</summary>
    public static bool IsNeeded(Window window) => !window.IsDepthwise || window.OutOfGroup > 1;

    /// <summary>What a product reads: the spread input, made by a step before it, or the input itself.</summary>
    /// <param name="pass">Where steps are added.</param>
    /// <param name="c">The product.</param>
    /// <param name="halo">What lies around the image and is spread too.</param>
    public static (Argument X, Steps Steps) Spread(PassBinder pass, Contraction c, WideHalo halo = default)
    {
        if (!IsNeeded(c.Window))
            return (pass.Read(c.X), pass.StepsOf(c.X));
        (Buffer spread, Steps steps) = Place(pass, c, halo);
        Steps x = pass.StepsOf(c.X);
        pass.Add(
            c, new GroupSpread(GroupsOf(c), pass.Shape(c.X).Height + halo.Top + halo.Bottom, pass.Shape(c.X).Width + halo.Left + halo.Right, x.Pixels, steps.Pixels)
            {
                FirstX = Corner(halo, x),
                FirstSpread = spread.Start,
            },
            pass.Read(c.X), Argument.Write(spread));
        return (Argument.Read(spread), steps);
    }

    /// <summary>Memory for a spread image.</summary>
    public static (Buffer Buffer, Steps Steps) Place(PassBinder pass, Contraction c, WideHalo halo = default)
    {
        TensorShape image = pass.Shape(c.X);
        int pixel = checked(c.Window.InOfGroup * Layouts.Padded(c.Window.Out)), row = checked((image.Width + halo.Left + halo.Right) * pixel);
        var steps = new Steps(checked((image.Height + halo.Top + halo.Bottom) * row), 1, row, pixel);
        return (pass.NewPerSample(Value.NameOf(pass.Program.Nodes[c.Node].Name, Purpose(c)), steps.Sample) with { Start = Corner(halo, steps) }, steps);
    }

    /// <summary>The gradient of the input from that of the spread one: an input channel's is the sum of those that its output channels found; and what follows it.</summary>
    public static void Gather(PassBinder pass, Contraction c, Buffer spread, Steps steps)
    {
        TensorShape image = pass.Shape(c.X);
        PixelSteps x = pass.StepsOf(c.X).Pixels;
        bool adds = c.Accumulates || c.Bias >= 0;
        // Every pixel starts from the same channels.
        if (c.Bias >= 0)
            pass.Add(c, new ChannelCopy(new PixelShape(image.Channels, image.Height, image.Width), Layouts.Padded(image.Channels) - image.Channels, default, x, 0, 0), pass.Read(c.Bias), pass.Write(c.X));
        pass.Add(
            c, new GroupSpread(GroupsOf(c), image.Height, image.Width, x, steps.Pixels) { Gathers = true, Adds = adds },
            Argument.Read(spread), adds ? pass.Update(c.X) : pass.Write(c.X));
        if (c.Epilogue.FirstOrDefault() is { } derivative)
            pass.AddDerivative(c, derivative, c.X);
    }

    /// <summary>Each use has memory of its own, which is needed no longer than that.</summary>
    private static string Purpose(Contraction c) => c.Target switch
    {
        Target.Input => "spreadGradient",
        Target.Weight => "spreadAgain",
        _ => c.Epilogue.Any(e => e.Kind == EpilogueKind.Unbounded) ? "spreadToShow" : "spread",
    };

    private static ChannelGroups GroupsOf(Contraction c) => new(c.Window.Groups, c.Window.InOfGroup, c.Window.OutOfGroup);

    private static int Corner(WideHalo halo, Steps steps) => (halo.Top * steps.Row) + (halo.Left * steps.Column);
}
