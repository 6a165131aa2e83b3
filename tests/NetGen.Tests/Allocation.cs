namespace NetGen.Tests;

/// <summary>
/// What a thread allocates in the long run. A collection that the test host brings about counts the unused rest of a thread's kilobytes as
/// allocated, and memory that is kept for later may be made once; what every call allocates is there in every attempt.
/// </summary>
internal static class Allocation
{
    public const int Attempts = 5;

    /// <summary>Bytes that this thread allocates in <paramref name="work"/>: the least of some attempts.</summary>
    public static long Least(Action work)
    {
        long least = long.MaxValue;
        for (var attempt = 0; attempt < Attempts && least > 0; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }
}
