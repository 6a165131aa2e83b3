using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Cpu.Planning;

/// <summary>Products as the kernels of wide layers see them: their extents, and the zeros that must lie around what they read.</summary>
internal static class WideShapes
{
    /// <summary>A convolution as it is, or one of its groups; a linear layer as one of a single pixel, whose channels are its features as they lie in memory.</summary>
    /// <param name="c">The product.</param>
    /// <param name="input">The shape of what it reads.</param>
    /// <param name="isRowOfFeatures">It reads features in PyTorch's order, not the pixels of an image.</param>
    public static WideConvolution Of(Contraction c, TensorShape input, bool isRowOfFeatures) => c.Window.IsLinear
        ? WideConvolution.Linear(isRowOfFeatures ? input.Size : checked(input.Area * Layouts.Padded(input.Channels)), c.Window.Out)
        : new WideConvolution(c.Window.InOfGroup, c.Window.OutOfGroup, Axis(c.Window.Axes[0]), Axis(c.Window.Axes[1]));

    /// <summary>What must lie around images, by the values whose memory they are: as much as any wide product reads.</summary>
    /// <param name="program">What is computed.</param>
    /// <param name="parts">Values that lie in the memory of others.</param>
    /// <param name="isWide">Which products are wide.</param>
    public static Dictionary<int, WideHalo> Halos(NetworkProgram program, PartPlaces parts, Func<Contraction, bool> isWide)
    {
        var halos = new Dictionary<int, WideHalo>();
        foreach (Contraction c in program.Forward.Concat(program.Backward).Concat(program.InputGradient).OfType<Contraction>())
        {
            if (c.Window.IsLinear || !isWide(c))
                continue;
            (int value, WideHalo halo) = Read(c);
            int root = parts.WholeOf(program.Root(value));
            halos[root] = halos.TryGetValue(root, out WideHalo known) ? known.And(halo) : halo;
        }
        MakeGradientsAlike(program, parts, halos);
        return halos;
    }

    /// <summary>A value and its gradient lie alike: whoever asks for one finds the other by the same steps.</summary>
    private static void MakeGradientsAlike(NetworkProgram program, PartPlaces parts, Dictionary<int, WideHalo> halos)
    {
        (int Value, int Gradient)[] pairs =
        [
            .. program.Values.Where(v => v.Kind == ValueKind.Gradient && v.GradientOf >= 0 && program.Root(v.GradientOf) != program.Input)
                .Select(v => (parts.WholeOf(program.Root(v.GradientOf)), parts.WholeOf(program.Root(v.Id)))).Distinct(),
        ];
        // Gradients that are made in place are alike for several values: a halo goes round until all have it.
        for (var isSettled = false; !isSettled;)
        {
            isSettled = true;
            foreach ((int value, int gradient) in pairs)
            {
                (WideHalo ofValue, WideHalo ofGradient) = (Of(value), Of(gradient));
                if (ofValue == ofGradient)
                    continue;
                halos[value] = halos[gradient] = ofValue.And(ofGradient);
                isSettled = false;
            }
        }

        WideHalo Of(int root) => halos.TryGetValue(root, out WideHalo halo) ? halo : default;
    }

    /// <summary>The image that a convolution reads with what lies around it.</summary>
    public static (int Value, WideHalo Halo) Read(Contraction c)
    {
        (WideAxis rows, WideAxis columns) = (Axis(c.Window.Axes[0]), Axis(c.Window.Axes[1]));
        return c.Target == Target.Input
            ? (c.Y, WideHalo.Of(rows.GradientHalo, columns.GradientHalo))
            : (c.X, WideHalo.Of(rows.Halo, columns.Halo));
    }

    /// <summary>A direction of a window.</summary>
    public static WideAxis Axis(WindowAxis a) => new(a.Output, a.Kernel, a.Input, a.Stride, a.Before, a.Dilation);
}
