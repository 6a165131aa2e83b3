using System.Collections.Immutable;
using System.Globalization;

namespace NetGen;

/// <summary>The formulas of the library's losses, named as <see cref="Loss"/> names them.</summary>
internal enum LossKind
{
    CrossEntropy,
    NegativeLogLikelihood,
    BinaryCrossEntropy,
    MeanSquaredError,
    L1,
    Huber,
    PixelCrossEntropy,
    Hinge,
    Focal,
    Dice,
}

/// <summary>A loss of the library as data: all that another device needs to know to compute it, and what messages call it.</summary>
/// <param name="Kind">The formula.</param>
internal sealed record LossDescription(LossKind Kind)
{
    /// <summary>The part of a label that is spread over all classes; of cross-entropy.</summary>
    public float LabelSmoothing { get; init; }

    /// <summary>The label that counts nothing; null: all count. Of cross-entropy.</summary>
    public int? IgnoreIndex { get; init; }

    /// <summary>By how much the label's output is to be larger; of the hinge.</summary>
    public float Margin { get; init; }

    /// <summary>Whether squares are taken; of the hinge.</summary>
    public bool Squared { get; init; }

    /// <summary>What a yes counts; of the focal loss.</summary>
    public float Alpha { get; init; }

    /// <summary>How much less what is clear counts; of the focal loss.</summary>
    public float Gamma { get; init; }

    /// <summary>What keeps it from dividing by 0; of the Dice loss.</summary>
    public float Smooth { get; init; }

    /// <summary>Where squares become absolute values; of Huber's loss.</summary>
    public float Delta { get; init; }

    /// <summary>How much each class counts, or each output of binary cross-entropy, or one number for all; empty: 1.</summary>
    public ImmutableArray<float> Weight { get; init; } = [];

    /// <summary>How much a yes counts beside a no, for each output or one for all; empty: 1. Of binary cross-entropy.</summary>
    public ImmutableArray<float> PosWeight { get; init; } = [];

    /// <summary>For messages: formula and constants, for example <c>Loss.CrossEntropy(labelSmoothing: 0.1)</c>; of weights their number.</summary>
    public override string ToString()
    {
        string[] constants =
        [
            .. Constant("labelSmoothing", LabelSmoothing), .. IgnoreIndex is { } index ? [$"ignoreIndex: {index}"] : Array.Empty<string>(), .. Constant("delta", Delta),
            .. Constant("margin", Margin), .. Squared ? ["squared: true"] : Array.Empty<string>(), .. Constant("alpha", Alpha), .. Constant("gamma", Gamma), .. Constant("smooth", Smooth),
            .. Count("weight", Weight.Length), .. Count("posWeight", PosWeight.Length),
        ];
        return constants.Length == 0 ? $"Loss.{Kind}" : $"Loss.{Kind}({string.Join(", ", constants)})";
    }

    private static string[] Constant(string name, float value) => value == 0 ? [] : [string.Create(CultureInfo.InvariantCulture, $"{name}: {value}")];

    private static string[] Count(string name, int count) => count == 0 ? [] : [$"{count} {name}{(count == 1 ? "" : "s")}"];
}
