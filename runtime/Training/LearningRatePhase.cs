using System.Collections.Immutable;

namespace NetGen;

/// <summary>Schedules for some epochs each, one after the other, which <see cref="LearningRate.For"/> and <see cref="LearningRate.Warmup"/> make. After the last the rate stays.</summary>
public sealed class LearningRatePhase : LearningRate
{
    private readonly ImmutableArray<(LearningRate Schedule, int Epochs)> parts;

    internal LearningRatePhase(ImmutableArray<(LearningRate Schedule, int Epochs)> parts) => this.parts = parts;

    /// <summary>Another schedule for the rest of the run, all that it sees: its first step follows these.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="next"/> is null.</exception>
    public LearningRate Then(LearningRate next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return next is LearningRatePhase phase ? Then(phase) : new Sequence(this, next);
    }

    /// <summary>Further phases behind these.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="next"/> is null.</exception>
    public LearningRatePhase Then(LearningRatePhase next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return new LearningRatePhase(parts.AddRange(next.parts));
    }

    /// <inheritdoc/>
    public override double At(int step, int stepsPerEpoch, int epochs) => At(step, stepsPerEpoch, epochs, []);

    /// <inheritdoc/>
    public override double At(int step, int stepsPerEpoch, int epochs, ReadOnlySpan<EpochResult> history)
    {
        long begin = 0;
        foreach ((LearningRate schedule, int own) in parts)
        {
            if (step < (begin + own) * stepsPerEpoch)
                return AtPart(schedule, step, stepsPerEpoch, own, begin, history);
            begin += own;
        }
        (LearningRate last, int epochsOfLast) = parts[^1];
        long end = begin * stepsPerEpoch;
        return AtPart(last, (int)Math.Min(step, end), stepsPerEpoch, epochsOfLast, begin - epochsOfLast, history);
    }

    private long Epochs
    {
        get
        {
            long sum = 0;
            foreach ((_, int epochs) in parts)
                sum += epochs;
            return sum;
        }
    }

    /// <summary>The rate of a schedule that begins with an epoch, by what has been since.</summary>
    private static double AtPart(LearningRate schedule, int step, int stepsPerEpoch, int epochs, long begin, ReadOnlySpan<EpochResult> history)
    {
        int before = (int)Math.Min(begin, history.Length);
        return schedule.At((int)(step - (begin * stepsPerEpoch)), stepsPerEpoch, epochs, history[before..Math.Min(history.Length, before + epochs)]);
    }

    private sealed class Sequence(LearningRatePhase first, LearningRate next) : LearningRate
    {
        public override double At(int step, int stepsPerEpoch, int epochs) => At(step, stepsPerEpoch, epochs, []);

        public override double At(int step, int stepsPerEpoch, int epochs, ReadOnlySpan<EpochResult> history)
        {
            long begin = first.Epochs;
            return step < begin * stepsPerEpoch
                ? first.At(step, stepsPerEpoch, epochs, history)
                : AtPart(next, step, stepsPerEpoch, (int)Math.Max(1, epochs - begin), begin, history);
        }
    }
}
