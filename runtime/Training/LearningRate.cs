namespace NetGen;

/// <summary>The learning rate of each step of a training run. Derive from it for a schedule of one's own.</summary>
public abstract class LearningRate
{
    /// <summary>The rate of one step.</summary>
    /// <param name="step">Number of the step in the whole run, from 0.</param>
    /// <param name="stepsPerEpoch">Steps of an epoch, at least 1.</param>
    /// <param name="epochs">Epochs of the run, at least 1.</param>
    public abstract double At(int step, int stepsPerEpoch, int epochs);

    /// <summary>The same rate throughout.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative or not finite.</exception>
    public static LearningRate Constant(double rate) => new ConstantRate(Check.NotNegative(rate));

    /// <summary>
    /// Up from max/divFactor to max along half a cosine, then down to a tiny rate (Smith and Topin, 2018, arXiv:1708.07120). PyTorch's
    /// <c>OneCycleLR</c> with its defaults, cosine annealing in two phases; momentum is left alone. Where pctStart leaves no step to go up,
    /// the first is at the peak; PyTorch divides by zero there.
    /// </summary>
    /// <param name="max">The highest rate.</param>
    /// <param name="pctStart">The part of all steps that goes up, in (0, 1).</param>
    /// <param name="divFactor">How many times smaller the first rate is, above 0.</param>
    /// <param name="finalDivFactor">How many times smaller than the first the last rate is, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static LearningRate OneCycle(double max, double pctStart = 0.3, double divFactor = 25, double finalDivFactor = 1e4) =>
        new OneCycleRate(Check.NotNegative(max), Check.ProperFraction(pctStart), Check.Positive(divFactor), Check.Positive(finalDivFactor));

    /// <summary>
    /// From max to min along half a cosine, step by step (Loshchilov and Hutter, 2017, arXiv:1608.03983, without restarts). PyTorch's
    /// <c>CosineAnnealingLR</c> with T_max = all steps.
    /// </summary>
    /// <param name="max">The first rate.</param>
    /// <param name="min">The rate that would follow the last step's.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rate is negative or not finite.</exception>
    public static LearningRate CosineAnnealing(double max, double min = 0) => new CosineRate(Check.NotNegative(max), Check.NotNegative(min));

    /// <summary>The rate times gamma after every so many epochs. PyTorch's <c>StepLR</c>.</summary>
    /// <param name="rate">The first rate.</param>
    /// <param name="epochs">Epochs from one decay to the next, at least 1.</param>
    /// <param name="gamma">The factor of a decay, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static LearningRate StepDecay(double rate, int epochs, double gamma = 0.1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        return new StepDecayRate(Check.NotNegative(rate), epochs, Check.Positive(gamma));
    }

    private sealed class ConstantRate(double rate) : LearningRate
    {
        public override double At(int step, int stepsPerEpoch, int epochs) => rate;
    }

    private sealed class OneCycleRate(double max, double pctStart, double divFactor, double finalDivFactor) : LearningRate
    {
        public override double At(int step, int stepsPerEpoch, int epochs)
        {
            double total = (double)stepsPerEpoch * epochs, first = max / divFactor, last = first / finalDivFactor;
            double turn = (pctStart * total) - 1;
            // Not at the turn itself: where it is step 0, there is no rise that a part could be taken of.
            return step < turn
                ? Cosine(first, max, step / turn)
                : Cosine(max, last, (step - turn) / (total - 1 - turn));
        }
    }

    private sealed class CosineRate(double max, double min) : LearningRate
    {
        public override double At(int step, int stepsPerEpoch, int epochs) => Cosine(max, min, step / ((double)stepsPerEpoch * epochs));
    }

    private sealed class StepDecayRate(double rate, int epochsBetween, double gamma) : LearningRate
    {
        public override double At(int step, int stepsPerEpoch, int epochs) => rate * Math.Pow(gamma, step / stepsPerEpoch / epochsBetween);
    }

    private static double Cosine(double from, double to, double part) => to + ((from - to) / 2 * (1 + Math.Cos(Math.PI * part)));
}
