namespace NetGen.Tests;

/// <summary>
/// Tests that run while no other does. What a thread has allocated is exact only then: a collection that another thread brings about
/// counts the unused rest of this thread's few kilobytes as allocated.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "Alone";
}
