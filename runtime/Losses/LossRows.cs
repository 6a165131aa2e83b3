using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>Output rows of some samples, what they should be, and where the gradient goes.</summary>
internal ref struct LossRows
{
    /// <summary>Row n begins at <c>n · Stride</c>.</summary>
    public ref float Outputs;

    /// <summary>Gradient rows, laid out alike; no reference when only the loss is wanted.</summary>
    public ref float Gradients;

    /// <summary>A class for each row; no reference for losses over values.</summary>
    public ref int Labels;

    /// <summary>[Count, targets of a sample] values; no reference for losses over classes.</summary>
    public ref float Targets;

    /// <summary>A weight for each row; no reference where all count 1.</summary>
    public ref float Weights;

    /// <summary>Rows.</summary>
    public required int Count;

    /// <summary>Values of a row that count.</summary>
    public required int Size;

    /// <summary>The outermost extent of the outputs' shape, that many parts of a row; 1 of outputs in a row.</summary>
    public required int Channels;

    /// <summary>Floats from one row to the next: Size rounded up to a multiple of 16.</summary>
    public required int Stride;

    /// <summary>Factor of the gradients: 1 over what the batch's samples count together, so that they are those of the mean.</summary>
    public required float Scale;

    public readonly bool HasGradients => !Unsafe.IsNullRef(in Gradients);

    public readonly bool HasWeights => !Unsafe.IsNullRef(in Weights);

    /// <summary>
    /// A row's class, read once and kept within the row: whoever passes labels has checked them, but memory is not left to that. It costs a
    /// comparison without a branch.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int Label(nint n) => (int)Math.Min((uint)Unsafe.Add(ref Labels, n), (uint)(Size - 1));

    /// <summary>Whether a row's class is this one, which counts nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool IsIgnored(nint n, int? ignored) => ignored is { } index && Unsafe.Add(ref Labels, n) == index;

    /// <summary>The channels of a shape.</summary>
    public static int ChannelsOf(Shape outputs) => outputs.Rank > 1 ? outputs[0] : 1;

    /// <summary>How much a row counts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly float Weight(nint n) => HasWeights ? Unsafe.Add(ref Weights, n) : 1;
}
