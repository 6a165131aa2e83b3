using System.Runtime.CompilerServices;

namespace NetGen.Engine;

/// <summary>
/// Scratch buffers for calls from any number of threads: as many as were ever in use at once, each taken with one atomic exchange and given
/// back with one store. Threads begin to look at different places, so that they seldom want the same one.
/// </summary>
internal sealed class ScratchPool(long floats)
{
    private Slot[] slots = [new Slot(floats)];

    /// <summary>A buffer of the caller's own until <see cref="Slot.Release"/>. Allocates only when all are in use.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Slot Rent()
    {
        Slot[] all = Volatile.Read(ref slots);
        Slot slot = all.Length == 1 ? all[0] : all[Place(all.Length)];
        return slot.TryTake() ? slot : RentAnother(all);
    }

    // The thread's number, spread over [0, length): the high half of a product with a hash.
    private static int Place(int length) =>
        (int)((ulong)((uint)Environment.CurrentManagedThreadId * 0x9E37_79B1u) * (uint)length >> 32);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Slot RentAnother(Slot[] all)
    {
        foreach (Slot slot in all)
        {
            if (slot.TryTake())
                return slot;
        }
        var added = new Slot(floats);
        added.TryTake();
        while (true)
        {
            Slot[] before = Volatile.Read(ref slots);
            if (Interlocked.CompareExchange(ref slots, [.. before, added], before) == before)
                return added;
        }
    }

    /// <summary>A scratch buffer and whether it is in use.</summary>
    internal sealed class Slot(long floats)
    {
        private readonly AlignedBuffer buffer = new(floats);
        private int taken;

        public ref float Start => ref buffer.Start;

        public bool TryTake() => Volatile.Read(ref taken) == 0 && Interlocked.Exchange(ref taken, 1) == 0;

        public void Release() => Volatile.Write(ref taken, 0);
    }
}
