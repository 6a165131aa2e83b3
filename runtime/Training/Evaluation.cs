namespace NetGen;

/// <summary>How a network does on a data set.</summary>
/// <param name="Loss">The mean loss of a sample.</param>
/// <param name="Accuracy">The part of the samples whose largest output is at their label, from 0 to 1.</param>
public readonly record struct Evaluation(double Loss, double Accuracy);
