using NetGen;
using NetGen.Reports;
using SamplesShared;

namespace TabularSample;

/// <summary>Regression on a table: 2,000 houses, and what they cost by a rule that the network has to find, give or take 5 %.</summary>
internal static class HousePrices
{
    public static void Look(Experiment run, int seed)
    {
        string file = Path.Combine(Path.GetDirectoryName(run.ReportFile) ?? "", "houses.csv");
        Write(file, new Random(seed));

        // One line reads it; every column and the price are brought to mean 0 and deviation 1, as the training houses have them.
        var (train, test) = DataSet.FromCsv(file, target: "price").Shuffle(seed).Split(1600);
        train = train.Standardize(out Standardization inputs).StandardizeTargets(out Standardization prices);
        test = test.Standardize(inputs).StandardizeTargets(prices);

        var net = new Houses(seed);
        using Trainer trainer = net.CreateTrainer(new AdamW(weightDecay: 1e-2), Loss.MeanSquaredError, batch: 32);
        trainer.Fit(train, epochs: 100, schedule: LearningRate.OneCycle(1e-2));

        // How far off it is for houses that it has never seen, and what it makes of one.
        float[] guesses = prices.Undo(net.Predict(test.Inputs)), real = prices.Undo(test.Targets);
        double error = guesses.Zip(real, (guess, price) => Math.Abs(guess / price - 1)).Average();
        float house = prices.Undo(net.Predict(inputs.Apply([120, 4, 50, 10])))[0];
        double byRule = Price(120, 4, 50, 10);
        Experiment.Say($"{file}: {train.Count} houses to train on, {test.Count} to test on");
        Experiment.Say($"Prices are {100 * error:0.0} % off in the mean; 2.5 % is chance.");
        Experiment.Say($"120 m², 4 rooms, 50 years, 10 km: {house:N0}");
        net.Save(Path.ChangeExtension(file, ".safetensors"));

        var houses = new Series("houses", [.. real.Select(price => price / 1000.0)], [.. guesses.Select(price => price / 1000.0)]) { IsPoints = true };
        run.Report.Heading("Prices of houses").Plot(new Plot("Houses that it has never seen", houses) { XLabel = "price, thousands", YLabel = "guess" });
        run.Find("houses: how far prices are off in the mean", $"{100 * error:0.0} %", $"at most 6 %", error <= 0.06);
        run.Find("houses: the price of one", $"{house:N0}", $"{byRule:N0}, within a tenth", Math.Abs(house / byRule - 1) <= 0.1);
    }

    private static void Write(string file, Random random) => File.WriteAllLines(file, Enumerable.Range(0, 2000).Select(_ =>
    {
        double area = random.Next(30, 250), rooms = Math.Ceiling(area / random.Next(20, 40)), age = random.Next(100), far = random.Next(1, 60);
        return FormattableString.Invariant($"{area},{rooms},{age},{far},{Price(area, rooms, age, far) * (0.95 + 0.1 * random.NextDouble()):0}");
    }).Prepend("area,rooms,age,kilometres,price"));

    private static double Price(double area, double rooms, double age, double far) => 3000 * area * Math.Exp(-far / 40) * (age is > 20 and < 80 ? 0.7 : 1) + 8000 * rooms;
}
