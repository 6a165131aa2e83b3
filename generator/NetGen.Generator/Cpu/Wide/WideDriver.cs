using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>
/// The method of one layer: loops, and calls of the shared methods with the layer's numbers. Its text is the same at every level of
/// instructions. Several workers may each take a range of its pieces, in any order; no two pieces write the same float.
/// </summary>
/// <param name="Summary">What it computes.</param>
/// <param name="Parameters">Names and types, in order; the last are <c>nint samples, nint from, nint to</c>.</param>
/// <param name="Body">Statements.</param>
/// <param name="Pieces">What <c>from</c> and <c>to</c> count.</param>
/// <param name="Halo">Rows and columns outside of the image that are read, and must be zero.</param>
/// <param name="Scratch">Floats that each worker must have for itself, at a multiple of 64 bytes.</param>
/// <param name="Needs">Which shared methods it calls.</param>
internal sealed record WideDriver(string Summary, string Parameters, string Body, WidePieces Pieces, WideHalo Halo, int Scratch, WideNeeds Needs)
{
    /// <summary>The method under a name; drivers of equal layers are equal but for it.</summary>
    public string Write(string name)
    {
        var w = new SourceWriter();
        w.Line($"// {Summary}").Line(KernelSet.Attribute);
        using (w.Open($"internal static void {name}({Parameters})"))
            w.Line(Body);
        return w.ToString().TrimEnd('\n');
    }
}

/// <summary>What a tensor must have around its images in memory.</summary>
internal readonly record struct WideHalo(int Top, int Bottom, int Left, int Right)
{
    /// <summary>Of rows and columns.</summary>
    public static WideHalo Of((int Before, int After) rows, (int Before, int After) columns) => new(rows.Before, rows.After, columns.Before, columns.After);
}

/// <summary>How many pieces a driver's work has: panels × strips, in each sample or over the pixels of all samples as one long line.</summary>
/// <param name="Panels">Parts of the channels.</param>
/// <param name="Strips">Strips of a sample; 0: there is one long line of pixels.</param>
/// <param name="Pixels">Pixels of a sample in the long line.</param>
/// <param name="StripPixels">Pixels of a strip of the long line.</param>
/// <param name="PerSample">Whether each sample has its own.</param>
internal sealed record WidePieces(int Panels, int Strips, int Pixels = 0, int StripPixels = 0, bool PerSample = true)
{
    /// <summary>For so many samples.</summary>
    public int Of(int samples) => Panels * (!PerSample ? 1 : Strips > 0 ? Strips * samples : ((samples * Pixels) + StripPixels - 1) / StripPixels);

    /// <summary>As an expression of the variable <c>samples</c>.</summary>
    public string Text => !PerSample ? Operands.Text(Panels) : $"{Operands.Text(Panels)} * {Units}";

    /// <summary>Strips of all samples, as an expression.</summary>
    public string Units =>
        Strips == 1 ? "samples"
        : Strips > 1 ? $"(samples * {Operands.Text(Strips)})"
        : $"(((samples * {Operands.Text(Pixels)}) + {Operands.Text(StripPixels - 1)}) / {Operands.Text(StripPixels)})";
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
internal sealed record WideEpilogue(bool Bias = false, bool Adds = false, WideOther Other = WideOther.None, PixelSteps OtherSteps = default, bool HasLowest = false);

/// <summary>What an epilogue does with another tensor.</summary>
internal enum WideOther
{
    None,

    /// <summary>Adds it.</summary>
    Add,

    /// <summary>Keeps a value only where the other is above 0: the derivative of a ReLU by what it gave.</summary>
    Mask,
}
