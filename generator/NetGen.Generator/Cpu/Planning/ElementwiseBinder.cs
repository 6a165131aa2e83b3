using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Cpu.Planning;

/// <summary>
/// Binds what is done to values one by one: over the images that they are where a project's networks share kernels, elsewhere over the floats of a sample or a group.
/// </summary>
internal static class ElementwiseBinder
{
    /// <summary>Binds the operation, if it is such a one.</summary>
    public static bool TryBind(PassBinder pass, Operation operation)
    {
        switch (operation)
        {
            case Map m:
                pass.Add(m, pass.Each(ElementwiseFunction.Of(m.Function), m.X, m.Y), pass.Read(m.X), pass.Write(m.Y));
                return true;
            case MapGradient m:
                Argument[] stored = m.Stored < 0 ? [] : [pass.Read(m.Stored)];
                pass.InPlace(m, m.DY, m.DX, pass.Each(ElementwiseFunction.GradientOf(m.Function), m.Stored < 0 ? m.DX : m.Stored, m.DX), stored);
                return true;
            case Sum s:
                Combine(pass, s, ElementwiseFunction.Add, s.A, s.B, s.Y);
                return true;
            case ElementProduct p:
                Combine(pass, p, ElementwiseFunction.Multiply, p.A, p.B, p.Y);
                return true;
            case Dropout { IsGradient: false } d:
                pass.Add(d, DropoutOf(pass, d), pass.Read(d.X), pass.Write(d.Y));
                return true;
            case Dropout d:
                pass.InPlace(d, d.X, d.Y, DropoutOf(pass, d));
                return true;
            default:
                return false;
        }
    }

    /// <summary>A function of every value of one tensor, into another.</summary>
    public static BoundOperation Each(this PassBinder pass, ElementwiseFunction function, int first, int last) =>
        pass.UsesSharedKernels ? pass.Map(function, first, last) : new Elementwise(function, pass.FloatsOf(last), !pass.SamplesAreLanes);

    /// <summary>The same over the images that they are.</summary>
    public static PixelMap Map(this PassBinder pass, ElementwiseFunction function, int first, int last) =>
        new(function, pass.Pixels(last), pass.PixelSteps(first), pass.PixelSteps(last));

    /// <summary>A gradient times a derivative that is told from a stored value.</summary>
    public static void AddDerivative(this PassBinder pass, Operation operation, EpilogueStep derivative, int gradient) => pass.Add(
        operation, pass.Each(ElementwiseFunction.GradientOf(derivative.Function!), derivative.Stored, gradient), pass.Read(derivative.Stored), pass.Update(gradient));

    /// <summary>A gradient that is changed where it lies; where the two lie apart, it is copied there first.</summary>
    public static void InPlace(this PassBinder pass, Operation operation, int source, int target, BoundOperation bound, params Argument[] factors)
    {
        if (pass.Program.Root(source) != pass.Program.Root(target))
            pass.Add(operation, pass.Each(ElementwiseFunction.Copy, source, target), pass.Read(source), pass.Write(target));
        pass.Add(operation, bound, [.. factors, pass.Update(target)]);
    }

    private static void Combine(PassBinder pass, Operation operation, ElementwiseFunction function, int a, int b, int y)
    {
        if (pass.Program.Root(a) != pass.Program.Root(y))
            pass.Add(operation, pass.Each(ElementwiseFunction.Copy, a, y), pass.Read(a), pass.Write(y));
        pass.Add(operation, pass.Each(function, b, y), pass.Read(b), pass.Update(y));
    }

    private static BoundOperation DropoutOf(PassBinder pass, Dropout d) => pass.UsesSharedKernels
        ? new PixelDropout(d.IsGradient, pass.Pixels(d.Y), pass.PixelSteps(d.IsGradient ? d.Y : d.X), pass.PixelSteps(d.Y), d.Probability, d.Node, d.IsPerChannel)
        : new LinearDropout(d.IsGradient, pass.FloatsOf(d.X), !pass.SamplesAreLanes, d.Probability, d.Node, d.IsPerChannel ? pass.Shape(d.X).Area : 1);
}
