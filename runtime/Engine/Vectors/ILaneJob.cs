using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetGen.Engine;

/// <summary>A loop that is written once for all vector widths.</summary>
internal interface ILaneJob
{
    /// <summary>The loop. Implementations are optimised from their first call on: tiers are for code that is cold at first.</summary>
    void Run<T>() where T : struct, ILanes<T>;
}

/// <summary>Runs a loop at this processor's width.</summary>
internal static class LaneJob
{
    // Not Vector512.IsHardwareAccelerated: it is false on processors that lower their clock a little for wide vectors, where they still win.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunWidest<TJob>(ref TJob job) where TJob : struct, ILaneJob, allows ref struct
    {
        if (Avx512F.IsSupported)
            job.Run<Lanes512>();
        else if (Vector256.IsHardwareAccelerated)
            job.Run<Lanes256>();
        else
            job.Run<Lanes128>();
    }
}
