namespace NetGen.Generator;

/// <summary>A fault of our own.</summary>
/// <param name="Network">The network it happened on.</param>
/// <param name="Reason">The exception, in one line.</param>
internal sealed record Fault(string Network, string Reason);

/// <summary>What a stage made, or the fault that kept it from doing so: no exception leaves the generator.</summary>
internal readonly record struct StageResult<T>(string Network, T? Value, Fault? Fault)
{
    /// <summary>The next stage, unless one before it failed.</summary>
    public StageResult<TNext> Then<TNext>(Func<T, TNext> stage, CancellationToken cancellation)
    {
        if (Fault is not null)
            return new(Network, default, Fault);
        T value = Value!;
        return Stage.Run(Network, () => stage(value), cancellation);
    }
}

/// <summary>Runs stages.</summary>
internal static class Stage
{
    public static StageResult<T> Run<T>(string network, Func<T> stage, CancellationToken cancellation)
    {
        try
        {
            return new(network, stage(), null);
        }
        catch (Exception fault) when (!(fault is OperationCanceledException && cancellation.IsCancellationRequested))
        {
            string reason = $"{fault.GetType().Name}: {fault.Message}".Replace("\r", "").Replace('\n', ' ');
            return new(network, default, new Fault(network, reason));
        }
    }
}
