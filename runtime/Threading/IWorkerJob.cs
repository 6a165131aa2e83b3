namespace NetGen;

/// <summary>Work that all workers of a <see cref="WorkerPool"/> do together. Made once, run often.</summary>
public interface IWorkerJob
{
    /// <summary>The part of one worker.</summary>
    /// <param name="worker">From 0, the caller of <see cref="WorkerPool.Run"/>, to below <see cref="WorkerPool.Threads"/>.</param>
    void Run(int worker);
}
