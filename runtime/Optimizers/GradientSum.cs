using System.Runtime.CompilerServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>Adds the workers' private gradients to the first one's, in the order of the workers.</summary>
internal static class GradientSum
{
    public static void Add(ref float sums, ref float others, int count, int stride, int length)
    {
        var loop = new Loop { Sums = ref sums, Others = ref others, Count = count, Stride = stride, Length = length };
        LaneJob.RunWidest(ref loop);
    }

    private ref struct Loop : ILaneJob
    {
        public ref float Sums;
        public ref float Others;
        public int Count;
        public int Stride;
        public int Length;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<T>() where T : struct, ILanes<T>
        {
            ref float sums = ref Sums;
            for (nint i = 0; i < Length; i += T.Count)
            {
                T sum = T.Load(ref sums, i);
                for (var other = 0; other < Count; other++)
                    sum += T.Load(ref Unsafe.Add(ref Others, (nint)other * Stride), i);
                sum.Store(ref sums, i);
            }
        }
    }
}
