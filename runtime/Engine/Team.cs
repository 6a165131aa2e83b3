using System.ComponentModel;

namespace NetGen.Engine;

/// <summary>The workers that make one call of a <see cref="NetworkProgram"/> together, and the place of one of them.</summary>
/// <param name="worker">This worker, from 0.</param>
/// <param name="workers">How many there are.</param>
/// <param name="barrier">Where they wait for one another.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Team(int worker, int workers, SpinBarrier barrier)
{
    /// <summary>One worker alone.</summary>
    public static Team Alone { get; } = new(0, 1, new SpinBarrier(1));

    /// <summary>This worker, from 0.</summary>
    public int Worker { get; } = worker;

    /// <summary>How many there are.</summary>
    public int Workers { get; } = workers;

    /// <summary>Returns when all of the team have called it; what each wrote before is visible to all after.</summary>
    /// <exception cref="InvalidOperationException">One of them has failed and will not come.</exception>
    public void Wait() => barrier.Wait();

    /// <summary>This worker's share of <paramref name="extent"/> pieces of work, cut at multiples of <paramref name="grain"/>: [from, to).</summary>
    public void Share(int extent, int grain, out int from, out int to) => Share(extent, grain, Worker, Workers, out from, out to);

    /// <summary>The share of worker <paramref name="worker"/> of <paramref name="workers"/>.</summary>
    public static void Share(int extent, int grain, int worker, int workers, out int from, out int to)
    {
        // Extents reach an array's longest length, and times the workers they leave 32 bits.
        long grains = ((long)extent + grain - 1) / grain;
        from = (int)Math.Min(extent, grains * worker / workers * grain);
        to = (int)Math.Min(extent, grains * (worker + 1) / workers * grain);
    }
}
