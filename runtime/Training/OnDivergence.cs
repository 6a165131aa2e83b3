namespace NetGen;

/// <summary>What training does when a loss is not a finite number.</summary>
public enum OnDivergence
{
    /// <summary>It ends with a <see cref="DivergenceException"/>.</summary>
    Throw,

    /// <summary>It goes on, and the losses show it.</summary>
    Continue,
}
