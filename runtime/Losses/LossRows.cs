using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>Output rows of some samples, what they should be, and where the gradient goes.</summary>
internal ref struct LossRows
{
    /// <summary>Row n begins at <c>n · Stride</c>.</summary>
    public ref float Outputs;

    /// <summary>Gradient rows, laid out alike; no reference when only the loss is wanted.</summary>
    public ref float Gradients;

    /// <summary>A class for each row, checked; no reference for losses over values.</summary>
    public ref int Labels;

    /// <summary>[Count, Size] values; no reference for losses over classes.</summary>
    public ref float Targets;

    /// <summary>Rows.</summary>
    public required int Count;

    /// <summary>Values of a row that count.</summary>
    public required int Size;

    /// <summary>Floats from one row to the next: Size rounded up to a multiple of 16.</summary>
    public required int Stride;

    /// <summary>Factor of the gradients: 1/batch, so that they are those of the mean.</summary>
    public required float Scale;

    public readonly bool HasGradients => !Unsafe.IsNullRef(in Gradients);
}
