using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu;

/// <summary>Calls of the library's methods that normalise last dimensions.</summary>
internal static class InnerNormalizationCalls
{
    /// <param name="n">What is done.</param>
    /// <param name="buffers">Its tensors, in its order.</param>
    /// <param name="range">The first sample and that past the last; of a gradient of parameters all samples, and the first place and that past the last.</param>
    public static string Text(InnerNormalization n, string[] buffers, string range)
    {
        IEnumerable<string> tensors = buffers.Select((buffer, i) => i < n.Steps.Count ? $"new({buffer}, {PassWriter.Text(n.Steps[i])})" : buffer);
        string eps = n.Part == InnerNormalizationPart.Normalize ? $"{Literal.Of((float)n.Eps)}, " : "";
        string shape = FormattableString.Invariant($"new({n.Shape.Channels}, {n.Shape.Height / n.Lines}, {n.Lines}, {n.Shape.Width})");
        return $"global::NetGen.Engine.InnerNormalization.{n.Part}({string.Join(", ", tensors)}, {shape}, {eps}{range});";
    }
}
