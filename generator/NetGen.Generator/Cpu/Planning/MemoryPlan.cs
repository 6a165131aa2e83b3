using NetGen.Generator.Collections;

namespace NetGen.Generator.Cpu.Planning;

/// <summary>Where the buffers of a pass lie in its arena: those that are never needed at the same time share memory.</summary>
/// <param name="Lives">When each memory is needed.</param>
/// <param name="Offsets">Offset of each memory, in floats: within the fixed part, or within the part that is multiplied by the number of samples.</param>
/// <param name="FixedFloats">Size of the fixed part, which comes first.</param>
/// <param name="SampleFloats">Floats for each sample.</param>
internal sealed record MemoryPlan(IReadOnlyDictionary<string, MemoryPlan.Life> Lives, IReadOnlyDictionary<string, int> Offsets, int FixedFloats, int SampleFloats)
{
    /// <summary>How often another order is tried, and how many comparisons of buffers that may take.</summary>
    private const int MostRounds = 60, MostComparisons = 4_000_000;

    /// <summary>Memory for so many samples.</summary>
    public int FloatsFor(int samples) => checked(FixedFloats + (SampleFloats * samples));

    /// <summary>The least that any plan takes for so many samples: what is needed at the same time.</summary>
    public long LeastFor(int samples) => AliveAtOnce(Lives.Values.Where(life => !life.Buffer.IsPerSample)) + (AliveAtOnce(Lives.Values.Where(life => life.Buffer.IsPerSample)) * samples);

    /// <summary>Fixed and per-sample part of the place of a buffer's first value.</summary>
    public (int Fixed, int PerSample) Place(Buffer buffer) =>
        buffer.IsPerSample ? (FixedFloats + buffer.Start, Offsets[buffer.Memory]) : (Offsets[buffer.Memory] + buffer.Start, 0);

    /// <summary>Plans memory for what runs in order.</summary>
    /// <param name="timeline">What is touched, in the order of all calls.</param>
    /// <param name="kept">Buffers that must stay as they are to the end, from their first use on.</param>
    public static MemoryPlan Make(IEnumerable<Moment> timeline, IEnumerable<Buffer> kept)
    {
        var lives = new Dictionary<string, Life>(StringComparer.Ordinal);
        var now = 0;
        foreach (Moment moment in timeline)
        {
            if (moment.IsNew)
                now++;
            foreach (Argument argument in moment.Arguments)
                Extend(argument.Buffer, now, now);
        }
        foreach (Buffer buffer in kept)
            Extend(buffer, now, int.MaxValue);

        var offsets = new Dictionary<string, int>(StringComparer.Ordinal);
        int fixedFloats = Pack(lives.Values.Where(l => !l.Buffer.IsPerSample), offsets);
        int sampleFloats = Pack(lives.Values.Where(l => l.Buffer.IsPerSample), offsets);
        return new MemoryPlan(lives, offsets, fixedFloats, sampleFloats);

        void Extend(Buffer buffer, int first, int last)
        {
            if (buffer.Space == Space.Arena)
            {
                lives[buffer.Memory] = lives.TryGetValue(buffer.Memory, out Life? life)
                    ? life with { First = Math.Min(life.First, first), Last = Math.Max(life.Last, last) }
                    : new Life(buffer, first, last);
            }
        }
    }

    /// <summary>Some of what a pass touches.</summary>
    /// <param name="Arguments">The buffers.</param>
    /// <param name="IsNew">What came before is done with: not so while one worker may be ahead of another.</param>
    public readonly record struct Moment(EquatableArray<Argument> Arguments, bool IsNew);

    /// <summary>When a buffer is first and last needed.</summary>
    /// <param name="Buffer">The buffer, or one of several in the same memory.</param>
    /// <param name="First">A moment's number, from 1.</param>
    /// <param name="Last">The same; <see cref="int.MaxValue"/>: to the end.</param>
    public sealed record Life(Buffer Buffer, int First, int Last);

    /// <summary>
    /// Larger buffers first is best as a rule. Where more memory comes of it than is needed at once, those needed longer and those needed earlier are
    /// tried first too, then whichever came to lie highest; the least memory wins.
    /// </summary>
    private static int Pack(IEnumerable<Life> lives, Dictionary<string, int> offsets)
    {
        Life[] bySize = [.. lives.OrderByDescending(l => l.Buffer.Floats).ThenBy(l => l.First).ThenBy(l => l.Buffer.Memory, StringComparer.Ordinal)];
        (int Floats, int[] Offsets) best = Pack(bySize);
        Life[] order = bySize;
        long least = AliveAtOnce(bySize);
        if (best.Floats > least)
        {
            foreach (Life[] other in new Life[][] { [.. bySize.OrderByDescending(l => (long)l.Last - l.First)], [.. bySize.OrderBy(l => l.First)], [.. bySize.OrderByDescending(l => l.Last)] })
                Try(other);
            Life[] next = order;
            int[] offsetsOfNext = best.Offsets;
            for (long round = Math.Min(MostRounds, MostComparisons / ((long)order.Length * order.Length)); round > 0 && best.Floats > least; round--)
            {
                int highest = Enumerable.Range(0, next.Length).Aggregate((a, b) => offsetsOfNext[b] + next[b].Buffer.Floats > offsetsOfNext[a] + next[a].Buffer.Floats ? b : a);
                next = [next[highest], .. next.Where((_, i) => i != highest)];
                offsetsOfNext = Try(next);
            }
        }
        for (var i = 0; i < order.Length; i++)
            offsets.Add(order[i].Buffer.Memory, best.Offsets[i]);
        return best.Floats;

        int[] Try(Life[] other)
        {
            (int Floats, int[] Offsets) packed = Pack(other);
            if (packed.Floats < best.Floats)
                (best, order) = (packed, other);
            return packed.Offsets;
        }
    }

    /// <summary>The most floats that are needed at the same time.</summary>
    private static long AliveAtOnce(IEnumerable<Life> lives)
    {
        var changes = new SortedDictionary<long, long>();
        void Add(long moment, long floats) => changes[moment] = (changes.TryGetValue(moment, out long known) ? known : 0) + floats;
        foreach (Life life in lives)
        {
            Add(life.First, Layouts.Padded(life.Buffer.Floats));
            Add(life.Last + 1L, -Layouts.Padded(life.Buffer.Floats));
        }
        (long alive, long most) = (0, 0);
        foreach (long change in changes.Values)
            most = Math.Max(most, alive += change);
        return most;
    }

    /// <summary>First fit: each buffer goes to the lowest place that is free during its life.</summary>
    private static (int Floats, int[] Offsets) Pack(Life[] order)
    {
        var placed = new List<(int Offset, int Floats, int First, int Last)>();
        var offsets = new int[order.Length];
        var end = 0;
        for (var i = 0; i < order.Length; i++)
        {
            Life life = order[i];
            int floats = Layouts.Padded(life.Buffer.Floats), offset = 0, at = 0;
            // In the order of their places, so that the first gap that is large enough is the lowest.
            for (; at < placed.Count && placed[at].Offset < checked(offset + floats); at++)
            {
                if (placed[at].First <= life.Last && life.First <= placed[at].Last)
                    offset = Math.Max(offset, checked(placed[at].Offset + placed[at].Floats));
            }
            int index = placed.FindIndex(p => p.Offset > offset);
            placed.Insert(index < 0 ? placed.Count : index, (offset, floats, life.First, life.Last));
            offsets[i] = offset;
            end = Math.Max(end, checked(offset + floats));
        }
        return (end, offsets);
    }
}
