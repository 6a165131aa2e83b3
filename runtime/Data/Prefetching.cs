namespace NetGen;

/// <summary>How batches are made ahead.</summary>
/// <param name="Batches">How many at most.</param>
/// <param name="Threads">By how many threads.</param>
internal sealed record Prefetching(int Batches, int Threads);
