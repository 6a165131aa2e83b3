using System.Runtime.CompilerServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>What is done to a piece of the gradients before it is used.</summary>
internal static class GradientClip
{
    /// <summary>Brings values into [−limit, limit], not-a-number left alone, and adds up the squares of what they are then.</summary>
    /// <param name="gradients">The first; a multiple of 16.</param>
    /// <param name="length">How many.</param>
    /// <param name="limit">The limit; null: none.</param>
    public static double Limit(ref float gradients, int length, double? limit)
    {
        var job = new Limiting { Gradients = ref gradients, Length = length, HasLimit = limit is not null, Limit = (float)(limit ?? 0) };
        LaneJob.RunWidest(ref job);
        return job.Squares;
    }

    /// <summary>Multiplies values.</summary>
    public static void Scale(ref float gradients, int length, float factor)
    {
        var job = new Scaling { Gradients = ref gradients, Length = length, Factor = factor };
        LaneJob.RunWidest(ref job);
    }

    private ref struct Limiting : ILaneJob
    {
        public ref float Gradients;
        public int Length;
        public bool HasLimit;
        public float Limit;
        public double Squares;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<T>() where T : struct, ILanes<T>
        {
            T zero = T.All(0), least = T.All(-Limit), sums = zero;
            for (nint i = 0; i < Length; i += T.Count)
            {
                T g = T.Load(ref Gradients, i);
                if (HasLimit)
                {
                    g = zero - T.AtLeast(least, zero - T.AtLeast(least, g));
                    g.Store(ref Gradients, i);
                }
                sums = T.MultiplyAdd(g, g, sums);
            }
            Squares = sums.Sum();
        }
    }

    private ref struct Scaling : ILaneJob
    {
        public ref float Gradients;
        public int Length;
        public float Factor;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<T>() where T : struct, ILanes<T>
        {
            T factor = T.All(Factor);
            for (nint i = 0; i < Length; i += T.Count)
                (T.Load(ref Gradients, i) * factor).Store(ref Gradients, i);
        }
    }
}
