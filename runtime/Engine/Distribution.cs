namespace NetGen.Engine;

/// <summary>What the elements of a parameter are drawn from, each by itself.</summary>
internal readonly struct Distribution
{
    private readonly Initialization kind;
    private readonly float scale, shift;

    /// <summary>Of a truncated normal distribution: the deviations between which it lies, and the shares of the whole one below them.</summary>
    private readonly double low, high, lowShare, highShare;

    /// <summary>Whether it is drawn mirrored: what lies above the mean has shares near 1, which doubles tell apart badly.</summary>
    private readonly bool isMirrored;

    public Distribution(ParameterDefinition parameter)
    {
        (kind, scale, shift) = (parameter.Initialization, parameter.Scale, parameter.Shift);
        if (kind != Initialization.TruncatedNormal)
            return;
        isMirrored = parameter.Low > 0;
        (low, high) = isMirrored ? (-parameter.High, -parameter.Low) : (parameter.Low, (double)parameter.High);
        (lowShare, highShare) = (NormalQuantile.ShareBelow(low), NormalQuantile.ShareBelow(high));
    }

    /// <summary>The element that the random number of that state gives.</summary>
    public float Draw(ulong state) => kind switch
    {
        Initialization.Uniform => (((2 * CounterRandom.Unit(state)) - 1) * scale) + shift,
        Initialization.Normal => (float)((NormalQuantile.Of(CounterRandom.OpenUnit(state)) * scale) + shift),
        Initialization.TruncatedNormal => (float)((Truncated(CounterRandom.OpenUnit(state)) * scale) + shift),
        Initialization.Ones => 1,
        _ => scale,
    };

    private double Truncated(double unit)
    {
        double share = Math.Min(lowShare + ((highShare - lowShare) * unit), Math.BitDecrement(1));
        double deviations = share <= 0 ? high : Math.Clamp(NormalQuantile.Of(share), low, high);
        return isMirrored ? -deviations : deviations;
    }
}
