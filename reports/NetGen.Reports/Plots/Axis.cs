using System.Collections.Immutable;

namespace NetGen.Reports;

/// <summary>Numbers along a line of a picture.</summary>
/// <param name="Least">The number where it begins, or its logarithm.</param>
/// <param name="Greatest">Where it ends.</param>
/// <param name="IsLog">Whether equal factors lie equally far apart.</param>
internal sealed record Axis(double Least, double Greatest, bool IsLog)
{
    /// <summary>An axis that shows all of these, from a round number to a round number.</summary>
    public static Axis Of(IEnumerable<double> values, bool isLog)
    {
        double[] shown = [.. values.Where(value => IsShown(value, isLog)).Select(value => isLog ? Math.Log10(value) : value)];
        (double least, double greatest) = shown.Length == 0 ? (0, 1) : (shown.Min(), shown.Max());
        // Numbers that are all the same, or apart by no more than rounding, lie in the middle.
        double room = Math.Max(1e-9 * Math.Max(Math.Abs(least), Math.Abs(greatest)), 1e-300);
        if (greatest - least < room)
            (least, greatest) = least == 0 ? (0, 1) : (least - (Math.Abs(least) / 2), greatest + (Math.Abs(greatest) / 2));
        double step = Step(least, greatest);
        return double.IsFinite(step) ? new(Math.Floor(least / step) * step, Math.Ceiling(greatest / step) * step, isLog) : new(least / 2, greatest / 2, isLog);
    }

    /// <summary>Whether a number has a place on such an axis.</summary>
    public static bool IsShown(double value, bool isLog) => double.IsFinite(value) && (!isLog || value > 0);

    /// <summary>Where a number lies, from 0 to 1.</summary>
    public double Place(double value) => ((IsLog ? Math.Log10(value) : value) - Least) / (Greatest - Least);

    /// <summary>Round numbers along it: 1, 2 or 5 times a power of ten apart; of a logarithmic one powers of ten where there are two at least.</summary>
    public ImmutableArray<double> Ticks()
    {
        double step = Step(Least, Greatest);
        if (!double.IsFinite(step) || step <= 0)
            return [];
        if (IsLog)
            step = Math.Max(1, Math.Round(step));
        double first = Math.Ceiling((Least / step) - 1e-9);
        int count = (int)Math.Floor((Greatest / step) - first + 1e-9) + 1;
        double[] numbers = [.. Enumerable.Range(0, Math.Clamp(count, 0, 20)).Select(i => (first + i) * step)];
        if (!IsLog)
            return [.. numbers];
        return numbers.Length >= 2 ? [.. numbers.Select(power => Math.Pow(10, power))] : [Math.Pow(10, Least), Math.Pow(10, (Least + Greatest) / 2), Math.Pow(10, Greatest)];
    }

    private static double Step(double least, double greatest)
    {
        double rough = (greatest - least) / 5, power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return (rough / power) switch { <= 1 => power, <= 2 => 2 * power, <= 5 => 5 * power, _ => 10 * power };
    }
}
