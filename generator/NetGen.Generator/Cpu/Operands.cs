using System.Globalization;
using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Cpu;

/// <summary>The tensors of a contraction.</summary>
internal enum Operand
{
    X,
    W,
    Y,
}

/// <summary>Which tensor plays which part: C[row, column] += Σ A[row, term] · B[term, column].</summary>
internal static class Operands
{
    public static Operand C(StridedContraction c) => c.Target switch
    {
        Target.Output => Operand.Y,
        Target.Input => Operand.X,
        _ => Operand.W,
    };

    /// <summary>The tensor whose values are broadcast (or, where sums run along the lanes, the rows' vectors).</summary>
    public static Operand A(StridedContraction c) => (c.Target, c.Lanes) switch
    {
        (Target.Output, Lanes.Samples) => Operand.W,
        (Target.Output, _) => Operand.X,
        (Target.Input, Lanes.Samples) => Operand.W,
        (Target.Input, _) => Operand.Y,
        (_, Lanes.OutChannels or Lanes.Channels) => Operand.X,
        _ => Operand.Y,
    };

    /// <summary>The tensor whose values are loaded as vectors.</summary>
    public static Operand B(StridedContraction c) => (Operand)(3 - (int)A(c) - (int)C(c));

    /// <summary>The innermost axis of input channels, along which tiles go.</summary>
    public static InAxis InnerIn(StridedContraction c) => c.InChannels[c.InChannels.Count - 1];

    /// <summary>Sums run along the lanes: both factors are vectors, and the sum of a vector's lanes is stored.</summary>
    public static bool IsDot(StridedContraction c) =>
        (c.Target, c.Lanes) is (Target.Output, Lanes.InChannels) or (Target.Weight, Lanes.Samples);

    /// <summary>Both factors of a product are vectors.</summary>
    public static bool LoadsBoth(StridedContraction c) => c.Lanes == Lanes.Channels || IsDot(c);

    public static bool HoldsLanes(StridedContraction c, Operand operand) => c.Lanes switch
    {
        Lanes.Channels => true,
        Lanes.Samples => operand != Operand.W,
        Lanes.OutChannels => operand != Operand.X,
        _ => operand != Operand.Y,
    };

    /// <summary>The tensor's name in emitted code: gradients carry a d.</summary>
    public static string Name(StridedContraction c, Operand operand) => (operand, c.Target) switch
    {
        (Operand.X, Target.Input) => "dx",
        (Operand.X, _) => "x",
        (Operand.W, Target.Weight) => "dw",
        (Operand.W, _) => "w",
        (_, Target.Output) => "y",
        _ => "dy",
    };

    /// <summary>What a step in X, W and Y is for one of them.</summary>
    public static int Of(Operand operand, (int X, int W, int Y) step) => operand switch
    {
        Operand.X => step.X,
        Operand.W => step.W,
        _ => step.Y,
    };

    /// <summary>Whether a sum is multiplied by a derivative that is told from stored values.</summary>
    public static bool ReadsStored(StridedContraction c) => c.Finish is Finish.ReLUGradient or Finish.SigmoidGradient or Finish.TanhGradient;

    public static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
