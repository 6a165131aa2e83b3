using System.Diagnostics;

namespace ModelZoo.Bench;

/// <summary>The time of one call: the median of seven rounds of many calls each, as the peers' programs measure it.</summary>
internal static class Median
{
    private const int Rounds = 7;

    /// <summary>The JIT has its final code of everything called after about so long.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.5);

    /// <summary>Milliseconds of a call.</summary>
    /// <param name="call">What to measure.</param>
    /// <param name="seconds">Time for all rounds together.</param>
    public static double Milliseconds(Action call, double seconds)
    {
        // The peers' programs make three calls first; code that is compiled as it runs needs some time.
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < WarmUp)
            call();
        start = Stopwatch.GetTimestamp();
        call();
        double once = Stopwatch.GetElapsedTime(start).TotalSeconds;

        var count = (int)Math.Clamp(seconds / Rounds / Math.Max(once, 1e-7), 1, int.MaxValue);
        var rounds = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            start = Stopwatch.GetTimestamp();
            for (var i = 0; i < count; i++)
                call();
            rounds[round] = Stopwatch.GetElapsedTime(start).TotalMilliseconds / count;
        }
        Array.Sort(rounds);
        return rounds[Rounds / 2];
    }
}
