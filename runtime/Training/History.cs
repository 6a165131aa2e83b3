using System.Collections;

namespace NetGen;

/// <summary>
/// The epochs of a training run, in order. While the run lasts it grows by each epoch that ends; any thread may read what is there.
/// </summary>
public sealed class History : IReadOnlyList<EpochResult>
{
    private EpochResult[] epochs = [];
    private int count;

    internal History()
    {
    }

    /// <summary>How many epochs have ended.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>One epoch, 0 the first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such epoch has ended.</exception>
    public EpochResult this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return Volatile.Read(ref epochs)[index];
        }
    }

    /// <summary>The last epoch.</summary>
    /// <exception cref="InvalidOperationException">None has ended.</exception>
    public EpochResult Last => Count is > 0 and int ended ? this[ended - 1] : throw new InvalidOperationException("No epoch of this run has ended.");

    /// <summary>The epochs that have ended, as one piece.</summary>
    internal ReadOnlySpan<EpochResult> Ended
    {
        get
        {
            int ended = Count;
            return Volatile.Read(ref epochs).AsSpan(0, ended);
        }
    }

    /// <summary>Walks the epochs in order, those that have ended until then.</summary>
    public IEnumerator<EpochResult> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Adds an epoch: one thread at a time. Its place is filled before it is counted.</summary>
    internal void Add(EpochResult epoch)
    {
        EpochResult[] places = epochs;
        if (count == places.Length)
        {
            Array.Resize(ref places, Math.Max(8, count * 2));
            Volatile.Write(ref epochs, places);
        }
        places[count] = epoch;
        Volatile.Write(ref count, count + 1);
    }
}
