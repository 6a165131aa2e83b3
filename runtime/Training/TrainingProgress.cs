namespace NetGen;

/// <summary>How far a training run has come: reported some 20 times a second, and at the end of every epoch.</summary>
/// <param name="Epoch">Number of the epoch, from 1.</param>
/// <param name="Epochs">Epochs of the run.</param>
/// <param name="Step">Steps of this epoch done.</param>
/// <param name="Steps">Steps of an epoch.</param>
/// <param name="Loss">The epoch's mean loss so far.</param>
/// <param name="Accuracy">The epoch's part of right answers so far, from 0 to 1; null where nothing is right or wrong.</param>
/// <param name="LearningRate">The rate of the last step.</param>
/// <param name="Completed">What the epoch came to, when it has ended.</param>
public readonly record struct TrainingProgress(
    int Epoch, int Epochs, int Step, int Steps, double Loss, double? Accuracy, double LearningRate, EpochResult? Completed);
