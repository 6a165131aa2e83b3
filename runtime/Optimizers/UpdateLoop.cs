using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>One pass over a slice of the parameters, in which values, gradients and states are read and written once.</summary>
internal static class UpdateLoop
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<T, TFormula>(in ParameterSlice slice, TFormula formula) where T : struct, ILanes<T> where TFormula : struct, IUpdateFormula<T>
    {
        ref float values = ref MemoryMarshal.GetReference(slice.Values);
        ref float gradients = ref MemoryMarshal.GetReference(slice.Gradients);
        ref float firsts = ref TFormula.StateCount > 0 ? ref MemoryMarshal.GetReference(slice.State(0)) : ref Unsafe.NullRef<float>();
        ref float seconds = ref TFormula.StateCount > 1 ? ref MemoryMarshal.GetReference(slice.State(1)) : ref Unsafe.NullRef<float>();
        ref float thirds = ref TFormula.StateCount > 2 ? ref MemoryMarshal.GetReference(slice.State(2)) : ref Unsafe.NullRef<float>();
        nint length = slice.Values.Length;
        for (nint i = 0; i < length; i += T.Count)
        {
            T first = TFormula.StateCount > 0 ? T.Load(ref firsts, i) : default;
            T second = TFormula.StateCount > 1 ? T.Load(ref seconds, i) : default;
            T third = TFormula.StateCount > 2 ? T.Load(ref thirds, i) : default;
            T value = formula.Update(T.Load(ref values, i), T.Load(ref gradients, i), ref first, ref second, ref third);
            if (TFormula.StateCount > 0)
                first.Store(ref firsts, i);
            if (TFormula.StateCount > 1)
                second.Store(ref seconds, i);
            if (TFormula.StateCount > 2)
                third.Store(ref thirds, i);
            value.Store(ref values, i);
        }
    }
}
