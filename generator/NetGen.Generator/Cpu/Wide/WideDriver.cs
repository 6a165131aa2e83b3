using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
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
    /// <summary>The method under a name, with a comment over it.</summary>
    public string Write(string name)
    {
        var w = new SourceWriter();
        w.Line($"// {Summary}").Line(KernelSet.Attribute);
        using (w.Open($"internal static void {name}({Parameters})"))
            w.Line(Body);
        return w.ToString().TrimEnd('\n');
    }
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
    public string Text => !PerSample ? Literal.Of(Panels) : Panels == 1 ? Units : $"{Literal.Of(Panels)} * {Units}";

    /// <summary>Strips of all samples, as an expression.</summary>
    public string Units =>
        Strips == 1 ? "samples"
        : Strips > 1 ? $"(samples * {Literal.Of(Strips)})"
        : $"(((samples * {Literal.Of(Pixels)}) + {Literal.Of(StripPixels - 1)}) / {Literal.Of(StripPixels)})";
}
