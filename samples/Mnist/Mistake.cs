namespace MnistSample;

/// <summary>A digit taken for another.</summary>
/// <param name="Index">Its place in the data set.</param>
/// <param name="Label">What it is.</param>
/// <param name="Answer">What the network said.</param>
/// <param name="Probability">How sure the network was, 0 to 1.</param>
internal sealed record Mistake(int Index, int Label, int Answer, float Probability);
