using System.Globalization;
using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu;

/// <summary>
/// Writes dropout. A value is kept if a hash of seed, layer, sample and element is at or above probability × 2³². The hash is Wellons' lowbias32;
/// the backward pass computes it again instead of reading a mask.
/// </summary>
internal static class DropoutEmitter
{
    public static Kernel Emit(LinearDropout d, InstructionSet level, KernelSet kernels)
    {
        string[] tensors = d.IsGradient ? ["dy"] : ["x", "y"];
        IReadOnlyList<Parameter> parameters =
            [.. tensors.Select(Parameter.Tensor), .. d.IsPerSample ? Parameter.Range : [], Parameter.Number("seed", "uint"), Parameter.Number("firstSample", "int")];
        return new Kernel(kernels.Add(d.Name, d.Summary, parameters, w => Write(w, d, level, tensors), KernelFunction.Kept), IsRandom: true);
    }

    private static void Write(SourceWriter w, LinearDropout d, InstructionSet level, string[] tensors)
    {
        string threshold = ((uint)Math.Min(uint.MaxValue, d.Probability * 4294967296.0)).ToString(CultureInfo.InvariantCulture);
        string scale = Literal.Of((float)(1 / (1 - d.Probability)));
        string source = tensors[0], target = tensors[tensors.Length - 1];
        w.Line($"uint key = unchecked((seed + {d.Salt}u) * 0x9E3779B1u);");
        if (d.IsPerSample && d.Shared > 1)
        {
            int channels = d.Floats / d.Shared;
            using (w.Open($"for (nint pixel = from * {d.Shared}; pixel < to * {d.Shared}; pixel++)"))
            {
                w.Line($"uint row = unchecked((uint)(firstSample + (int)(pixel / {d.Shared})) * {channels}u);");
                using (w.Open($"for (nint i = 0; i < {channels}; i += {level.Lanes})"))
                {
                    w.Line($"V kept = Kept(Vec.Create(unchecked(row + (uint)i)) + U.Indices, key, {threshold}u);");
                    w.Line($"nuint at = (nuint)((pixel * {channels}) + i);");
                    w.Line($"(kept & (Vec.LoadUnsafe(ref {source}, at) * {scale})).StoreUnsafe(ref {target}, at);");
                }
            }
            return;
        }
        if (d.IsPerSample)
        {
            using (w.Open($"for (nint n = from; n < to; n++)"))
            {
                w.Line($"uint row = unchecked((uint)(firstSample + (int)n) * {d.Floats}u);");
                using (w.Open($"for (nint i = 0; i < {d.Floats}; i += {level.Lanes})"))
                {
                    w.Line($"V kept = Kept(Vec.Create(unchecked(row + (uint)i)) + U.Indices, key, {threshold}u);");
                    w.Line($"nuint at = (nuint)((n * {d.Floats}) + i);");
                    w.Line($"(kept & (Vec.LoadUnsafe(ref {source}, at) * {scale})).StoreUnsafe(ref {target}, at);");
                }
            }
            return;
        }
        int elements = d.Floats / InstructionSet.Block;
        using (w.Open($"for (nint i = 0; i < {elements}; i++)"))
        {
            using (w.Open($"for (nint lane = 0; lane < {InstructionSet.Block}; lane += {level.Lanes})"))
            {
                w.Line($"U sample = Vec.Create((uint)(firstSample + (int)lane)) + U.Indices;");
                string choice = d.Shared == 1 ? "i" : $"(i / {d.Shared})";
                w.Line($"V kept = Kept((sample * {elements / d.Shared}u) + Vec.Create((uint){choice}), key, {threshold}u);");
                w.Line($"nuint at = (nuint)((i * {InstructionSet.Block}) + lane);");
                w.Line($"(kept & (Vec.LoadUnsafe(ref {source}, at) * {scale})).StoreUnsafe(ref {target}, at);");
            }
        }
    }
}
