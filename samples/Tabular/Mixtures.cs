using NetGen;
using NetGen.Reports;
using SamplesShared;

namespace TabularSample;

/// <summary>The columns of a table have no order for a network: another one changes nothing.</summary>
internal static class Mixtures
{
    private const int Columns = 8, Networks = 3;

    private static readonly Seed Order = new(7);

    public static DataSet Table(Experiment run, int seed)
    {
        DataSet table = run.Data is { } file ? DataSet.FromCsv(file, target: LastColumn(file)) : Draw(1000, new Random(seed));
        return table.InputSize == Columns && table.Count >= 10
            ? table
            : throw new ArgumentException($"{run.Data}: at least 10 rows of {Columns} columns and what they come to are expected; there are {table.Count} of {table.InputSize}.");
    }

    public static void Look(Experiment run, int seed, DataSet table)
    {
        (DataSet train, DataSet test) = table.Shuffle(seed).Split(table.Count * 4 / 5);
        train = train.Standardize(out Standardization inputs).StandardizeTargets(out Standardization targets);
        test = test.Standardize(inputs).StandardizeTargets(targets);
        (DataSet otherTrain, DataSet otherTest) = (train.Permute(Order), test.Permute(Order));

        Mixture[] nets = [.. Enumerable.Range(seed, Networks).Select(each => Learn(train, each))], others = [.. Enumerable.Range(seed, Networks).Select(each => Learn(otherTrain, each))];
        double[] errors = [.. nets.Select(net => Error(net, test))], otherErrors = [.. others.Select(net => Error(net, otherTest))];
        (double error, double otherError) = (errors.Average(), otherErrors.Average());
        float[] outputs = nets[0].Predict(test.Inputs), moved = WithColumnsMoved(nets[0]).Predict(otherTest.Inputs);
        double apart = Numbers.Apart(outputs, moved), unmoved = Numbers.Apart(outputs, nets[0].Predict(otherTest.Inputs));

        Experiment.Say($"{run.Data ?? "Mixtures"}: {train.Count} to train on, {test.Count} to test on");
        run.Report.Heading("Columns in another order").Table("Error on the test mixtures, of what they come to a share of its deviation", ["network", "columns as they are", "in another order"],
            errors.Zip(otherErrors, (one, other) => new[] { one, other }).Select((pair, i) => pair.Select(number => FormattableString.Invariant($"{number:0.000}")).Prepend($"{i + 1}")));
        double most = run.Data is null ? 0.3 : 0.6;
        run.Find("mixtures: error, share of the deviation", $"{error:0.000}", $"below {most:0.0}", error < most);
        run.Find("the same, columns in another order", $"{otherError:0.000}", $"within a fifth of it", Math.Abs(otherError - error) <= error / 5);
        run.Find("outputs, the first layer's weights in that order too", $"{apart:0.0e0}", $"rounding, below 1e-5", apart < 1e-5);
        run.Find("outputs, the weights as they were", $"{unmoved:0.00}", $"others, above 0.3", unmoved > 0.3);
    }

    private static Mixture Learn(DataSet train, int seed)
    {
        var net = new Mixture(seed);
        using Trainer trainer = net.CreateTrainer(new AdamW(weightDecay: 1e-2), Loss.MeanSquaredError, batch: 20);
        trainer.Fit(train, epochs: 60, schedule: LearningRate.OneCycle(1e-2));
        return net;
    }

    private static double Error(INetwork net, DataSet test) => Math.Sqrt(net.Evaluate(test, Loss.MeanSquaredError).Loss);

    // The same network for the table in the other order: each column meets the weights that it had.
    private static Mixture WithColumnsMoved(Mixture net)
    {
        float[] order = [.. new DataSet(new Shape(Columns), Enumerable.Range(0, Columns).Select(column => (float)column).ToArray(), new float[1]).Permute(Order).Inputs];
        var moved = new Mixture();
        foreach (Parameter parameter in moved.Parameters)
            parameter.Values.Assign(net.Parameters[parameter.Name].Values.ToArray());
        (Parameter from, Parameter to) = (net.Parameters["first.weight"], moved.Parameters["first.weight"]);
        for (int i = 0; i < to.Values.Count; i++)
            to.Values[i] = from.Values[i / Columns, (int)order[i % Columns]];
        return moved;
    }

    // Names may have commas, in quotes.
    private static string LastColumn(string file)
    {
        string header = File.ReadLines(file).FirstOrDefault("").TrimEnd();
        return header.EndsWith('"') ? header.Split('"')[^2] : header.Split(',')[^1];
    }

    // Concrete: cement, slag, ash, water, plasticiser, gravel, sand, days; the more water for what binds, the weaker (Abrams, 1918), and the older, the stronger.
    private static DataSet Draw(int count, Random random)
    {
        double Between(double low, double high) => low + ((high - low) * random.NextDouble());
        double[] ages = [3, 7, 14, 28, 56, 90, 180];
        float[] inputs = new float[count * Columns], strengths = new float[count];
        for (int n = 0; n < count; n++)
        {
            double cement = Between(150, 500), slag = random.Next(2) * Between(50, 250), ash = random.Next(2) * Between(50, 150), water = Between(140, 220), plasticiser = Between(0, 20);
            double gravel = Between(800, 1100), sand = Between(600, 950), days = ages[random.Next(ages.Length)];
            double strength = 120 * Math.Pow(10, -water / (cement + (0.9 * slag) + (0.5 * ash))) * (1 + (0.01 * plasticiser)) * (1.1 - (0.1 * gravel / sand)) * days / (4 + (0.85 * days));
            double[] row = [cement, slag, ash, water, plasticiser, gravel, sand, days];
            row.Select(value => (float)value).ToArray().CopyTo(inputs, n * Columns);
            strengths[n] = (float)(strength * Between(0.95, 1.05));
        }
        return new DataSet(new Shape(Columns), inputs, strengths);
    }
}
