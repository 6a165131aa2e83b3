namespace NetGen.Tests.Threading;

internal sealed class Job(Action<int> action) : IWorkerJob
{
    public void Run(int worker) => action(worker);
}
