using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>Writes the loop over a range of lines of all samples; lines with nothing between them are done together.</summary>
internal static class LineLoop
{
    private static readonly string[] Steps = ["X", "Y", "Z"];

    /// <summary>The loop.</summary>
    /// <param name="w">Where it is written.</param>
    /// <param name="tensors">Each has a reference of its name with <c>At</c> behind it to the first pixel of a line.</param>
    /// <param name="body">Writes what is done with <c>lines</c> lines; <c>line</c> is the next one already.</param>
    public static void Write(SourceWriter w, IReadOnlyList<string> tensors, Action body)
    {
        using (w.Open("for (nint line = from; line < to;)"))
        {
            w.Line("nint sample = line / s.Height, row = line - (sample * s.Height), lines = s.JoinsLines ? Math.Min(to - line, s.Height - row) : 1;");
            for (var i = 0; i < tensors.Count; i++)
                w.Line($"ref float {tensors[i]}At = ref Unsafe.Add(ref {tensors[i]}, (sample * s.{Steps[i]}Sample) + (row * s.{Steps[i]}Row));");
            w.Line("line += lines;");
            body();
        }
    }

    /// <summary>The struct's field for a tensor's step between pixels.</summary>
    public static string Step(string[] tensors, string tensor) => Steps[Array.IndexOf(tensors, tensor)];

    /// <summary>From one pixel to the next.</summary>
    public static void Advance(SourceWriter w, IReadOnlyList<string> tensors)
    {
        for (var i = 0; i < tensors.Count; i++)
            w.Line($"{tensors[i]}At = ref Unsafe.Add(ref {tensors[i]}At, s.{Steps[i]});");
    }
}
