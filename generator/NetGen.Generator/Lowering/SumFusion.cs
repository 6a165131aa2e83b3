using NetGen.Generator.Collections;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Lowering;

/// <summary>A sum with what a product alone makes, and a ReLU behind it, become part of how the product stores its result: a residual block's end.</summary>
internal static class SumFusion
{
    /// <param name="program">For inference.</param>
    /// <param name="able">Weights of products whose kernels, as convolutions, can add what is stored.</param>
    public static NetworkProgram Fuse(NetworkProgram program, HashSet<int> able)
    {
        ILookup<int, Operation> readers = program.Forward.SelectMany(o => o.Reads.Select(id => (Root: program.Root(id), o))).ToLookup(r => r.Root, r => r.o);
        List<Operation> forward = [.. program.Forward];
        for (var i = 0; i < forward.Count; i++)
        {
            if (forward[i] is not Sum sum)
                continue;
            foreach ((int made, int other) in new[] { (sum.B, sum.A), (sum.A, sum.B) })
            {
                int at = forward.FindLastIndex(i, o => o is Contraction { Target: Target.Output, Epilogue.Count: 0, Accumulates: false } c && c.Y == made && CanAdd(c));
                if (at < 0 || readers[made].Count() != 1 || !IsThere(other, at))
                    continue;
                Contraction product = (Contraction)forward[at] with { Y = sum.Y, Epilogue = [EpilogueStep.Plus(other)] };
                if (readers[sum.Y].Count() == 1 && readers[sum.Y].Single() is Map { Function.Kind: FunctionKind.ReLU } map && map.X == sum.Y && program.Output != sum.Y)
                {
                    product = product with { Y = map.Y, Epilogue = [EpilogueStep.Plus(other), EpilogueStep.ReLU] };
                    forward.Remove(map);
                }
                forward[at] = product;
                forward.Remove(sum);
                i--;
                break;
            }
        }
        return program with { Forward = forward.ToEquatableArray() };

        bool CanAdd(Contraction c) => !c.Window.IsLinear && able.Contains(program.Values[c.W].PreparedFrom is >= 0 and var parameter ? parameter : c.W);

        // The samples lie as whoever reads them wants: a product may want them otherwise than a sum.
        bool IsThere(int value, int before) =>
            program.Root(value) != program.Input && forward.FindIndex(o => o.Writes.Any(id => program.Root(id) == program.Root(value))) is >= 0 and var writer && writer < before;
    }
}
