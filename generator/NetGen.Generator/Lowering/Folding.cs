using NetGen.Generator.Collections;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Lowering;

/// <summary>Batch normalisations right behind products become part of their weights: in evaluation both are linear.</summary>
internal static class Folding
{
    public static NetworkProgram Fold(NetworkProgram program)
    {
        ILookup<int, Operation> readers = program.Forward.SelectMany(o => o.Reads.Select(id => (Root: program.Root(id), o))).ToLookup(r => r.Root, r => r.o);
        Dictionary<int, Contraction> products = program.Forward.OfType<Contraction>().Where(c => c.Target == Target.Output).ToDictionary(c => c.Y);
        Dictionary<int, RunningStatistics> statistics = program.Forward.OfType<RunningStatistics>().ToDictionary(r => r.Statistics);
        List<Value> values = [.. program.Values];
        var prepare = new List<Operation>();
        var replaced = new Dictionary<Operation, Operation?>();
        foreach (Normalize n in program.Forward.OfType<Normalize>())
        {
            // A view has other channels, another reader wants what is not normalised, and without weights there is no place for the product's new bias.
            if (!products.TryGetValue(n.X, out Contraction? product) || !statistics.TryGetValue(n.Statistics, out RunningStatistics? running) || readers[n.X].Count() != 1 || program.Output == n.X
                || program.Values[n.Weight].Kind == ValueKind.Statistics)
                continue;
            int weights = Add(product.W, n.Node), bias = Add(n.Bias, n.Node);
            prepare.Add(new FoldNormalization(
                n.Node, product.W, product.Bias, n.Weight, n.Bias, running.RunningMean, running.RunningVariance, running.Eps, weights, bias));
            replaced[product] = product with { W = weights, Bias = bias, Y = n.Y };
            replaced[n] = replaced[running] = null;
        }
        return prepare.Count == 0 ? program : program with
        {
            Values = values.ToEquatableArray(),
            Prepare = prepare.ToEquatableArray(),
            Forward = [.. program.Forward.Select(o => replaced.TryGetValue(o, out Operation? other) ? other : o).OfType<Operation>()],
        };

        int Add(int from, int node)
        {
            Value source = values[from];
            string name = Value.NameOf(source.Name, "folded");
            // Layers that share a parameter fold it each in their own way.
            if (values.Any(value => value.Name == name))
                name = Value.NameOf(name, program.Nodes[node].Name);
            values.Add(new Value(values.Count, name, ValueKind.Prepared, source.Shape) { Parameter = source.Parameter, PreparedFrom = from });
            return values.Count - 1;
        }
    }
}
