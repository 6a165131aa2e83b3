using NetGen.Generator.Operations;

namespace NetGen.Generator.Cpu.Kernels;

/// <summary>
/// A product with many channels, done by kernels that a whole project shares and a driver of its own. Forward: (x, w, y, [bias,] [other]). Input
/// gradient: (dy, w, dx, [other]). Weight gradient: (x, dy, dw).
/// </summary>
/// <param name="Target">The tensor that is computed.</param>
/// <param name="Convolution">Extents.</param>
/// <param name="X">The input's, or its gradient's, steps.</param>
/// <param name="Y">The output's.</param>
/// <param name="Epilogue">What follows the sums.</param>
internal sealed record WideContraction(Target Target, WideConvolution Convolution, PixelSteps X, PixelSteps Y, WideEpilogue Epilogue) : BoundOperation
{
    public override string Name
    {
        get
        {
            WideConvolution c = Convolution;
            string what = c.IsLinear
                ? FormattableString.Invariant($"Linear{c.In}To{c.Out}")
                : FormattableString.Invariant($"Conv{c.Rows.Kernel}x{c.Columns.Kernel}Of{c.In}x{c.Rows.Input}x{c.Columns.Input}To{c.Out}");
            return what + Target switch { Target.Output => "", Target.Input => "InputGradient", _ => "WeightGradient" };
        }
    }

    /// <summary>Groups of channels, for each of which <see cref="Convolution"/> is done; their channels and panels follow each other.</summary>
    public int Groups { get; init; } = 1;

    public override string Summary => Convolution.Description;

    public override Work Work => Work.Pieces;
}

/// <summary>Zeros around images, which a wide product reads as padding: (pixels).</summary>
/// <param name="Channels">Floats of a pixel that are cleared.</param>
/// <param name="Height">Rows of an image.</param>
/// <param name="Width">Columns of an image.</param>
/// <param name="Steps">Of the tensor.</param>
/// <param name="Halo">What lies around an image.</param>
internal sealed record HaloZeros(int Channels, int Height, int Width, PixelSteps Steps, WideHalo Halo) : BoundOperation
{
    public override string Name => FormattableString.Invariant($"ZerosAround{Channels}x{Height}x{Width}");

    public override string Summary => FormattableString.Invariant($"Zeros around {Height}×{Width} images.");

    public override Work Work => Work.CountedSamples;
}

/// <summary>What a tensor must have around its images in memory.</summary>
internal readonly record struct WideHalo(int Top, int Bottom, int Left, int Right)
{
    /// <summary>Of rows and columns.</summary>
    public static WideHalo Of((int Before, int After) rows, (int Before, int After) columns) => new(rows.Before, rows.After, columns.Before, columns.After);

    /// <summary>Enough for two who read.</summary>
    public WideHalo And(WideHalo other) =>
        new(Math.Max(Top, other.Top), Math.Max(Bottom, other.Bottom), Math.Max(Left, other.Left), Math.Max(Right, other.Right));
}

/// <summary>How a forward or an input gradient is cut into pieces.</summary>
/// <param name="Strip">Lines of a strip; pixels, where the lines of an image are one.</param>
/// <param name="PanelsOuter">
/// Pieces that follow each other have the panel in common and walk over the images (weights are read once for all samples), or else have the
/// strip in common and walk over the panels (the image is read once).
/// </param>
internal readonly record struct WideCut(int Strip, bool PanelsOuter);

/// <summary>What follows the sums, in this order: bias, what is there, the other tensor, the lowest value.</summary>
/// <param name="Bias">Adds a bias, padded to whole panels in memory: parameter <c>bias</c>.</param>
/// <param name="Adds">Adds to what is there, instead of overwriting it.</param>
/// <param name="Other">What is done with another tensor: parameter <c>other</c>.</param>
/// <param name="OtherSteps">The other tensor's steps.</param>
/// <param name="HasLowest">Nothing is below the parameter <c>lowest</c>: 0 is a ReLU, -∞ nothing.</param>
internal sealed record WideEpilogue(bool Bias = false, bool Adds = false, WideOther Other = WideOther.None, PixelSteps OtherSteps = default, bool HasLowest = false)
{
    /// <summary>1: bias. 2: what is there. 4: the other tensor is added. 8: a lowest value. 16: the other tensor is a mask.</summary>
    public int Flags => (Bias ? 1 : 0) | (Adds ? 2 : 0) | (HasLowest ? 8 : 0) | Other switch { WideOther.Add => 4, WideOther.Mask => 16, _ => 0 };
}

/// <summary>What an epilogue does with another tensor.</summary>
internal enum WideOther
{
    None,

    /// <summary>Adds it.</summary>
    Add,

    /// <summary>Keeps a value only where the other is above 0: the derivative of a ReLU by what it gave.</summary>
    Mask,
}
