using System.Globalization;

namespace NetGen;

/// <summary>Which epoch of a run was the best, for callbacks that keep something of it.</summary>
/// <param name="minDelta">By how much another must be better.</param>
/// <param name="measure">What should become small; null: the loss.</param>
internal sealed class BestEpoch(double minDelta, Func<EpochResult, double>? measure)
{
    private const string EpochName = "best epoch", ValueName = "best value";
    private double value;
    private bool isLoaded;

    /// <summary>Its number, from 1; 0 before the first.</summary>
    public int Epoch { get; private set; }

    /// <summary>A run begins, in which none was yet unless it goes on.</summary>
    public void Begin()
    {
        if (!isLoaded)
            (Epoch, value) = (0, double.PositiveInfinity);
        isLoaded = false;
    }

    /// <summary>Whether an epoch is better than all before, which it then is for those after. One that is not-a-number is not.</summary>
    public bool Take(EpochResult epoch)
    {
        double now = (measure ?? EpochResult.LossOf)(epoch);
        if (!(now < value - minDelta))
            return false;
        (Epoch, value) = (epoch.Epoch, now);
        return true;
    }

    /// <summary>Into a checkpoint.</summary>
    public void Save(CallbackState state)
    {
        state.Set(EpochName, Epoch.ToString(CultureInfo.InvariantCulture));
        state.Set(ValueName, value.ToString("R", CultureInfo.InvariantCulture));
    }

    /// <summary>Out of one; false where it is not there.</summary>
    public bool Load(CallbackState state)
    {
        if (!int.TryParse(state.Text(EpochName), CultureInfo.InvariantCulture, out int epoch) || !double.TryParse(state.Text(ValueName), CultureInfo.InvariantCulture, out double best))
            return false;
        (Epoch, value, isLoaded) = (epoch, best, true);
        return true;
    }
}
