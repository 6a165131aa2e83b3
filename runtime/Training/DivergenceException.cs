using System.Globalization;

namespace NetGen;

/// <summary>
/// Training has come to a loss that is not a finite number. The network holds what the steps up to that one have made of it; the epochs before are
/// in <see cref="Trainer.History"/>.
/// </summary>
public sealed class DivergenceException : Exception
{
    internal DivergenceException(Trainer trainer, double loss, int epoch, int step, bool isValidation)
        : base(string.Create(
            CultureInfo.InvariantCulture,
            $"{trainer.Name}: {(isValidation ? $"the validation loss after epoch {epoch}, step {step}," : $"the loss of step {step} in epoch {epoch}")} is {loss}, by {trainer.Loss} and {trainer.Optimizer} at a learning rate of {trainer.Optimizer.LearningRate}. Lower the rate, or look for values in the data that are not finite; onDivergence: OnDivergence.Continue goes on all the same."))
    {
        Loss = loss;
        Epoch = epoch;
        Step = step;
        LearningRate = trainer.Optimizer.LearningRate;
        IsValidation = isValidation;
    }

    /// <summary>The loss: infinite or not-a-number.</summary>
    public double Loss { get; }

    /// <summary>Number of the epoch, from 1.</summary>
    public int Epoch { get; }

    /// <summary>Number of the step within its epoch, from 1.</summary>
    public int Step { get; }

    /// <summary>The rate of that step.</summary>
    public double LearningRate { get; }

    /// <summary>Whether it is the loss of the validation set, after the epoch's last step.</summary>
    public bool IsValidation { get; }
}
