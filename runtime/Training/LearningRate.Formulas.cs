using System.Collections.Immutable;

namespace NetGen;

/// <content>The schedules of the library. Past its last step a schedule stays where it has come to.</content>
public abstract partial class LearningRate
{
    // How much a rate must fall for PyTorch to count it as a reduction.
    private const double LeastReduction = 1e-8;

    private static double Cosine(double from, double to, double part) => to + ((from - to) / 2 * (1 + Math.Cos(Math.PI * Math.Min(1, part))));

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

    private sealed class RestartingRate(double max, int firstEpochs, int multiplier, double min) : LearningRate
    {
        public override double At(int step, int stepsPerEpoch, int epochs)
        {
            double begin = 0, length = firstEpochs, now = step / (double)stepsPerEpoch;
            if (multiplier == 1)
                begin = Math.Floor(now / length) * length;
            else
            {
                while (now >= begin + length)
                    (begin, length) = (begin + length, length * multiplier);
            }
            return Cosine(max, min, (now - begin) / length);
        }
    }

    private sealed class PolynomialRate(double from, double to, double power) : LearningRate
    {
        public override double At(int step, int stepsPerEpoch, int epochs) =>
            to + ((from - to) * Math.Pow(1 - Math.Min(1, step / ((double)stepsPerEpoch * epochs)), power));
    }

    private sealed class StepDecayRate(double rate, int epochsBetween, double gamma) : LearningRate
    {
        public override double At(int step, int stepsPerEpoch, int epochs) => rate * Math.Pow(gamma, step / stepsPerEpoch / epochsBetween);
    }

    private sealed class MultiStepRate(double rate, ImmutableArray<int> milestones, double gamma) : LearningRate
    {
        public override double At(int step, int stepsPerEpoch, int epochs)
        {
            int epoch = step / stepsPerEpoch, passed = 0;
            while (passed < milestones.Length && epoch >= milestones[passed])
                passed++;
            return rate * Math.Pow(gamma, passed);
        }
    }

    private sealed class PlateauRate(
        double first, double factor, int patience, double threshold, int cooldown, double min, Func<EpochResult, double> measure) : LearningRate
    {
        public override double At(int step, int stepsPerEpoch, int epochs) => first;

        public override double At(int step, int stepsPerEpoch, int epochs, ReadOnlySpan<EpochResult> history)
        {
            double rate = first, best = double.PositiveInfinity;
            int waited = 0, cooling = 0;
            foreach (EpochResult epoch in history)
            {
                double now = measure(epoch);
                bool isBetter = double.IsPositiveInfinity(best) ? now < best : now < best - (threshold * Math.Abs(best));
                best = isBetter ? now : best;
                waited = isBetter ? 0 : waited + 1;
                if (cooling > 0)
                    (cooling, waited) = (cooling - 1, 0);
                if (waited <= patience)
                    continue;
                double reduced = Math.Max(rate * factor, min);
                rate = rate - reduced > LeastReduction ? reduced : rate;
                (cooling, waited) = (cooldown, 0);
            }
            return rate;
        }
    }
}
