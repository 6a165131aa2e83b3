using NetGen;
using NetGen.Reports;
using SamplesShared;

namespace GeneralizationSample;

/// <summary>What the size of the first weights does to a signal on its way through many layers, with batch normalisation and without.</summary>
internal static class Initialisation
{
    private const int Layers = 20, Digits = 200, Epochs = 10;

    private static readonly (string Name, float Factor)[] Sizes = [("too small", 0.5f), ("Kaiming", 1), ("too large", 2)];

    public static void Look(Experiment run, int seed, DataSet train, DataSet test)
    {
        float[] digits = train.Take(Math.Min(Digits, train.Count)).Inputs.ToArray();
        double[][] plain = [.. Sizes.Select(size => Through(Sized(new Deep(seed), size.Factor), digits))];
        double[][] normed = [.. Sizes.Select(size => Through(Sized(new NormedDeep(seed), size.Factor), digits))];
        double plainLearns = Learn(Sized(new Deep(seed), Sizes[0].Factor)), normedLearns = Learn(Sized(new NormedDeep(seed), Sizes[0].Factor));

        run.Report.Heading("First weights").Text("Weights of half the deviation that He et al. (2015) give, of that, and of twice as much: each layer makes the signal smaller or larger again, unless it is normalised.")
            .Plot(new Plot("Root of the mean square of each layer's outputs",
                [.. Sizes.Select((size, i) => Series.Of(size.Name, plain[i])), .. Sizes.Select((size, i) => Series.Of($"{size.Name}, batch norm", normed[i]))])
            { XLabel = "layer", YLabel = "size", LogY = true });
        run.Find("layer 20 by layer 1, weights too small", $"{Growth(plain[0]):0.0e0}", $"below 1e-4", Growth(plain[0]) < 1e-4);
        run.Find("layer 20 by layer 1, Kaiming", $"{Growth(plain[1]):0.00}", $"0.1 to 10", Growth(plain[1]) is > 0.1 and < 10);
        run.Find("layer 20 by layer 1, too large", $"{Growth(plain[2]):0.0e0}", $"above 1e4", Growth(plain[2]) > 1e4);
        run.Find("layer 20 by layer 1, batch norm, all three", $"{string.Join(", ", normed.Select(sizes => FormattableString.Invariant($"{Growth(sizes):0.00}")))}", $"0.5 to 2", normed.All(sizes => Growth(sizes) is > 0.5 and < 2));
        run.Find("too small: test digits that are right, without and with batch norm", $"{plainLearns:0.000}, {normedLearns:0.000}", $"below 0.2, above 0.3", plainLearns < 0.2 && normedLearns > 0.3);

        double Learn(INetwork net)
        {
            using Trainer trainer = net.CreateTrainer(new SGD(0.02, momentum: 0.9), Loss.CrossEntropy, batch: 20);
            return trainer.Fit(train, Epochs, test).Last.ValidationAccuracy!.Value;
        }
    }

    private static double Growth(double[] sizes) => sizes[^1] / sizes[0];

    private static INetwork Sized(INetwork net, float factor)
    {
        foreach (Parameter weight in net.Parameters.Where(parameter => parameter.Name.EndsWith(".linear.weight", StringComparison.Ordinal)))
            weight.Values.Assign([.. weight.Values.ToArray().Select(value => factor * value)]);
        return net;
    }

    private static double[] Through(INetwork net, float[] digits)
    {
        using NetworkPass pass = net.CreatePass(batch: Digits);
        pass.Training = true;
        pass.Forward(digits);
        return [.. Enumerable.Range(0, Layers).Select(layer => Numbers.Deviation(pass.Activations[$"layers.{layer}.relu"].ToArray()))];
    }
}
