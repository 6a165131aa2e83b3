namespace NetGen;

/// <summary>
/// The learning rate of each step of a training run: <c>LearningRate.Warmup(0.1, epochs: 5).Then(LearningRate.CosineAnnealing(0.1))</c>. Derive from it for a
/// schedule of one's own.
/// </summary>
/// <remarks>Schedules hold nothing of a run: any number of runs may share one, and any step's rate can be asked for at any time.</remarks>
public abstract partial class LearningRate
{
    /// <summary>The rate of one step.</summary>
    /// <param name="step">Number of the step in the whole run, from 0.</param>
    /// <param name="stepsPerEpoch">Steps of an epoch, at least 1.</param>
    /// <param name="epochs">Epochs of the run, at least 1.</param>
    public abstract double At(int step, int stepsPerEpoch, int epochs);

    /// <summary>The rate of one step of a run that has come so far: for schedules that look at what has been reached. Others pass over it.</summary>
    /// <param name="step">Number of the step in the whole run, from 0.</param>
    /// <param name="stepsPerEpoch">Steps of an epoch, at least 1.</param>
    /// <param name="epochs">Epochs of the run, at least 1.</param>
    /// <param name="history">What the epochs before this step came to.</param>
    public virtual double At(int step, int stepsPerEpoch, int epochs, ReadOnlySpan<EpochResult> history) => At(step, stepsPerEpoch, epochs);

    /// <summary>This schedule for a run of so many epochs, after which another follows: <c>LearningRate.Linear(0.01, 0.1).For(epochs: 5).Then(…)</c></summary>
    /// <param name="epochs">Epochs, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="epochs"/> is below 1.</exception>
    public LearningRatePhase For(int epochs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        return new LearningRatePhase([(this, epochs)]);
    }

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

    /// <summary>The rate times gamma after each of some epochs. PyTorch's <c>MultiStepLR</c>.</summary>
    /// <param name="rate">The first rate.</param>
    /// <param name="milestones">Epochs after which the rate falls, each at least 1 and above the one before.</param>
    /// <param name="gamma">The factor of a decay, above 0.</param>
    /// <exception cref="ArgumentException">The milestones do not rise from at least 1.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Another argument is out of its range.</exception>
    public static LearningRate MultiStepDecay(double rate, ReadOnlySpan<int> milestones, double gamma = 0.1)
    {
        for (var i = 0; i < milestones.Length; i++)
        {
            if (milestones[i] <= (i == 0 ? 0 : milestones[i - 1]))
                throw new ArgumentException($"Milestones are epochs that rise from at least 1; number {i} is {milestones[i]}.", nameof(milestones));
        }
        return new MultiStepRate(Check.NotNegative(rate), [.. milestones], Check.Positive(gamma));
    }

    /// <summary>The rate times gamma after every epoch. PyTorch's <c>ExponentialLR</c>.</summary>
    /// <param name="rate">The first rate.</param>
    /// <param name="gamma">The factor of an epoch, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static LearningRate ExponentialDecay(double rate, double gamma) => StepDecay(rate, 1, gamma);

    /// <summary>
    /// From max to min along half a cosine over some epochs, step by step, and again from max over as many, or over some times as many (Loshchilov and Hutter, 2017,
    /// arXiv:1608.03983). PyTorch's <c>CosineAnnealingWarmRestarts</c>, called at every step.
    /// </summary>
    /// <param name="max">The first rate of every cycle.</param>
    /// <param name="epochs">Epochs of the first cycle, at least 1. PyTorch's <c>T_0</c>.</param>
    /// <param name="multiplier">How many times as long each next cycle is, at least 1. PyTorch's <c>T_mult</c>.</param>
    /// <param name="min">The rate that would follow the last step of a cycle.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static LearningRate CosineAnnealingWarmRestarts(double max, int epochs, int multiplier = 1, double min = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(multiplier, 1);
        return new RestartingRate(Check.NotNegative(max), epochs, multiplier, Check.NotNegative(min));
    }

    /// <summary>From one rate to another along a line, step by step. PyTorch's <c>LinearLR</c> over all steps.</summary>
    /// <param name="from">The first rate.</param>
    /// <param name="to">The rate that would follow the last step's.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rate is negative or not finite.</exception>
    public static LearningRate Linear(double from, double to) => new PolynomialRate(Check.NotNegative(from), Check.NotNegative(to), 1);

    /// <summary><c>end + (rate − end)·(1 − t)^power</c> with t the part of all steps that is done. PyTorch's <c>PolynomialLR</c> over all steps.</summary>
    /// <param name="rate">The first rate.</param>
    /// <param name="power">The exponent, above 0; 1 is a line.</param>
    /// <param name="end">The rate that would follow the last step's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static LearningRate Polynomial(double rate, double power = 2, double end = 0) =>
        new PolynomialRate(Check.NotNegative(rate), Check.NotNegative(end), Check.Positive(power));

    /// <summary>Up to a rate along a line over the first epochs: <c>LearningRate.Warmup(0.1, epochs: 5).Then(LearningRate.CosineAnnealing(0.1))</c></summary>
    /// <param name="rate">The rate reached.</param>
    /// <param name="epochs">Epochs on the way, at least 1.</param>
    /// <param name="from">The first rate.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static LearningRatePhase Warmup(double rate, int epochs, double from = 0) => Linear(Check.NotNegative(from), Check.NotNegative(rate)).For(epochs);

    /// <summary>
    /// The rate times a factor whenever so many epochs in a row have brought nothing better. PyTorch's <c>ReduceLROnPlateau</c> with its relative threshold.
    /// </summary>
    /// <param name="rate">The first rate.</param>
    /// <param name="factor">The factor of a reduction, in (0, 1).</param>
    /// <param name="patience">Epochs without anything better that are put up with, at least 0.</param>
    /// <param name="threshold">The part of the best by which the next must be better, in [0, 1).</param>
    /// <param name="cooldown">Epochs after a reduction that do not count, at least 0.</param>
    /// <param name="min">The rate does not fall below it.</param>
    /// <param name="measure">What should become small; null: the validation loss, or without a validation set the training loss. <c>epoch => -epoch.ValidationAccuracy!.Value</c> has the accuracy rise.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static LearningRate ReduceOnPlateau(
        double rate, double factor = 0.1, int patience = 10, double threshold = 1e-4, int cooldown = 0, double min = 0, Func<EpochResult, double>? measure = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(patience);
        ArgumentOutOfRangeException.ThrowIfNegative(cooldown);
        return new PlateauRate(
            Check.NotNegative(rate), Check.ProperFraction(factor), patience, Check.Fraction(threshold), cooldown, Check.NotNegative(min), measure ?? EpochResult.LossOf);
    }
}
