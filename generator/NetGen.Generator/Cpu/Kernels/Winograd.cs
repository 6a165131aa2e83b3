using NetGen.Generator.Operations;

namespace NetGen.Generator.Cpu.Kernels;

/// <summary>
/// A 3×3 convolution without strides, or one of its gradients, by Winograd's F(2×2, 3×3): 16 products of channels for four outputs where there would
/// be 36 (A. Lavin and S. Gray, 2016). (x, weights, y, bias, other), the last two being any where the epilogue has none; a weight gradient: (x, dy, dw).
/// </summary>
/// <param name="Target">Output: x to y. Input: the gradient of y to that of x. Weight: x and the gradient of y to that of the weights.</param>
/// <param name="Convolution">Extents.</param>
/// <param name="Read">Steps of what is read, a weight gradient's input.</param>
/// <param name="Written">Steps of what is written; of the output's gradient, where that is weights.</param>
/// <param name="Epilogue">What follows the sums.</param>
internal sealed record WinogradContraction(Target Target, WideConvolution Convolution, PixelSteps Read, PixelSteps Written, WideEpilogue Epilogue) : BoundOperation
{
    public override string Name => "Winograd" + Target switch { Target.Output => "", Target.Input => "InputGradient", _ => "WeightGradient" };

    public override string Summary => Convolution.Description + " by 2×2 outputs at a time";

    public override Work Work => Work.Pieces;

    /// <summary>What is computed.</summary>
    public WinogradTiles Tiles => new(Target, Convolution);
}

/// <summary>Tiles of 2×2 outputs, each from 4×4 inputs; where an extent is odd the last tile moves back by one.</summary>
internal readonly record struct WinogradTiles(Target Target, WideConvolution Convolution)
{
    /// <summary>Matrices of a tile: its 4×4 inputs, transformed.</summary>
    public const int Matrices = 16;

    /// <summary>Tiles that are transformed together, while products pass over all of them: whole register tiles at every level.</summary>
    private const int MostTiles = 126;

    /// <summary>The extents that a map must have for a weight gradient: on smaller ones taps see little but padding, and what cancels there is not exactly 0.</summary>
    private const int SmallestMap = 8;

    private bool IsGradient => Target == Target.Input;

    /// <summary>Channels that are read.</summary>
    public int In => IsGradient ? Convolution.Out : Convolution.In;

    /// <summary>Channels that are written.</summary>
    public int Out => IsGradient ? Convolution.In : Convolution.Out;

    public int Height => IsGradient ? Convolution.Rows.Input : Convolution.Rows.Output;

    public int Width => IsGradient ? Convolution.Columns.Input : Convolution.Columns.Output;

    /// <summary>The first row that is read for the first written one.</summary>
    public int FirstRow => First(Convolution.Rows);

    /// <inheritdoc cref="FirstRow"/>
    public int FirstColumn => First(Convolution.Columns);

    public int Lines => (Height + 1) / 2;

    public int PerLine => (Width + 1) / 2;

    public int PerImage => Lines * PerLine;

    public int Panels => WideConvolution.Panels(Out);

    /// <summary>Tiles of a block.</summary>
    public int Block => MostTiles;

    /// <summary>Floats between the tiles of a matrix, which is no power of two.</summary>
    public int InputRow => WideConvolution.Padded(In) + 16;

    /// <summary>Floats between the matrices of the inputs, and of the outputs of a panel.</summary>
    public int InputStep => OddLines(Block * InputRow);

    /// <inheritdoc cref="InputStep"/>
    public int OutputStep => OddLines(Block * 32);

    /// <summary>Floats between the matrices of a panel of a weight gradient.</summary>
    public int SumStep => OddLines(In * 32);

    /// <summary>Floats that a worker needs for a block's inputs and outputs.</summary>
    public int Scratch => checked(Matrices * (InputStep + OutputStep));

    /// <summary>Streams that are an odd number of cache lines apart meet different sets of the first-level cache.</summary>
    private static int OddLines(int floats) => (((floats + 15) / 16) | 1) * 16;

    private int First(WideAxis axis) => IsGradient ? axis.Before - 2 : -axis.Before;

    /// <summary>Whether it can be done: in whole panels, of tiles that need not be cut.</summary>
    public static bool Suits(Target target, WideConvolution c) => target == Target.Weight
        ? HasTiles(c) && c is { In: >= 8, Rows.Output: >= SmallestMap, Columns.Output: >= SmallestMap } && c.In % 4 == 0 && WideConvolution.Padded(c.Out) % 32 == 0
        : HasTiles(c) && new WinogradTiles(target, c).Out > 16;

    /// <summary>3×3 taps without strides and dilation, on two pixels or more.</summary>
    private static bool HasTiles(WideConvolution c) =>
        c is { Rows: { Kernel: 3, Stride: 1, Dilation: 1, Input: >= 2, Output: >= 2 }, Columns: { Kernel: 3, Stride: 1, Dilation: 1, Input: >= 2, Output: >= 2 } };
}
