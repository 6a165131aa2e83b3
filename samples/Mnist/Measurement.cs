using NetGen;

namespace MnistSample;

/// <summary>How a network does on the test digits in the course of its training.</summary>
/// <param name="Epoch">How often it has seen every digit until then.</param>
/// <param name="Test">Loss and accuracy.</param>
internal sealed record Measurement(double Epoch, Evaluation Test);
