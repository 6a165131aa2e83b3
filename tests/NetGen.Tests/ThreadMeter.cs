using System.Collections.Concurrent;

namespace NetGen.Tests;

/// <summary>What threads allocate from the first to the last time they come by.</summary>
internal sealed class ThreadMeter
{
    private ConcurrentDictionary<int, Entry> entries = new();

    public IReadOnlyList<long> Allocated => [.. entries.Values.Select(entry => entry.Last - entry.First)];

    public void Reset() => entries = new();

    public void Read()
    {
        if (entries.TryGetValue(Environment.CurrentManagedThreadId, out Entry? entry))
        {
            entry.Last = GC.GetAllocatedBytesForCurrentThread();
            return;
        }
        entries[Environment.CurrentManagedThreadId] = entry = new Entry();
        entry.First = entry.Last = GC.GetAllocatedBytesForCurrentThread();
    }

    private sealed class Entry
    {
        public long First;
        public long Last;
    }
}
