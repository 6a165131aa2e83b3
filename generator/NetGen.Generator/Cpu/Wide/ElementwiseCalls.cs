using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>Calls of the methods that go over activations value by value. Pieces are lines of all samples.</summary>
internal static class ElementwiseCalls
{
    /// <summary>The formula's tensors: (x, y), or in place a gradient, behind what the derivative is told from.</summary>
    public static WideCall Of(ElementwiseFunction function, int channels, int height, int width, PixelSteps first, PixelSteps last)
    {
        Formula formula = Formula.Of(function);
        PixelWalk walk = PixelWalk.Of(channels, height, width, formula.Tensors.Length == 1 ? [last] : [first, last]);
        return new(formula.Name, Describe.Text(formula.Name, channels, height, width), walk.Lines, walk.LinePieces)
        {
            More = [.. function.Numbers.Select(number => Literal.Of((float)number))],
        };
    }
}
