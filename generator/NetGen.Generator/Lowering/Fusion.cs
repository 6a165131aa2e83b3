using NetGen.Generator.Collections;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Lowering;

/// <summary>Functions that one operation alone feeds become part of how that operation stores its result.</summary>
internal static class Fusion
{
    public static NetworkProgram Fuse(NetworkProgram program) => FuseBackward(FuseForward(program));

    /// <summary>A ReLU behind a product: what the product would have stored is only recomputed, for who asks.</summary>
    private static NetworkProgram FuseForward(NetworkProgram program)
    {
        ILookup<int, Operation> readers = Readers(program, program.Forward);
        List<Operation> forward = [.. program.Forward];
        var recomputed = new List<Operation>();
        for (var i = 1; i < forward.Count; i++)
        {
            if (forward[i] is not Map { Function.Kind: FunctionKind.ReLU } map || program.Root(map.X) != map.X || program.IsFurtherOutput(map.X) || readers[map.X].Count() != 1)
                continue;
            int producer = forward.FindLastIndex(i - 1, o => o.Writes.Contains(map.X));
            if (producer < 0 || forward[producer].TryAbsorb(EpilogueStep.ReLU, map.Y) is not { } fused)
                continue;
            recomputed.Add(forward[producer].TryAbsorb(EpilogueStep.BeforeReLU, map.X)!);
            forward[producer] = fused;
            forward.RemoveAt(i--);
        }
        return program with { Forward = forward.ToEquatableArray(), Recomputed = program.IsTraining ? recomputed.ToEquatableArray() : [] };
    }

    /// <summary>
    /// A derivative in place behind the one operation that makes the gradient. Where a backward pass starts between the two, with a gradient of
    /// the user's, the derivative still runs by itself.
    /// </summary>
    private static NetworkProgram FuseBackward(NetworkProgram program)
    {
        List<Operation> all = [.. program.Backward, .. program.InputGradient];
        // A gradient's memory may have a longer story: its writer is the last before the map.
        var writers = new Dictionary<int, int>();
        for (var i = 0; i < all.Count; i++)
        {
            Operation operation = all[i];
            Absorb(i);
            foreach (int id in operation.Writes)
                writers[program.Root(id)] = i;
        }
        return program with
        {
            Backward = all.Take(program.Backward.Count).ToEquatableArray(),
            InputGradient = all.Skip(program.Backward.Count).ToEquatableArray(),
        };

        void Absorb(int i)
        {
            if (all[i] is not MapGradient map || !writers.TryGetValue(program.Root(map.DY), out int producer))
                return;
            bool isOnly = !all.Skip(producer + 1).Take(i - producer - 1).Any(o => o.Reads.Any(id => program.Root(id) == program.Root(map.DY)));
            if (!isOnly || all[producer].Node <= map.Node || all[producer].TryAbsorb(map.AsEpilogue, map.DX) is not { } fused)
                return;
            all[i] = map with { Unless = [all[producer].Node] };
            all[producer] = fused;
        }
    }

    private static ILookup<int, Operation> Readers(NetworkProgram program, IEnumerable<Operation> operations) =>
        operations.SelectMany(o => o.Reads.Select(id => (Root: program.Root(id), o))).ToLookup(r => r.Root, r => r.o);
}
