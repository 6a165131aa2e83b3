using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using MnistSample;

namespace NetGen.Samples.Tests;

/// <summary>What a newcomer sees: a network learns the drawn digits, and then reads an image.</summary>
public sealed partial class TrainingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Three_epochs_teach_ConvNet_the_drawn_digits_and_it_reads_an_image_of_one()
    {
        string weights = folder["convnet.safetensors"];
        MnistProgram.Outcome trained = await MnistProgram.RunAsync("--epochs", "3", "--output", weights);

        trained.Error.ShouldBeEmpty();
        trained.ExitCode.ShouldBe(0);
        trained.Output.ShouldContain("digits drawn by this program");
        trained.Output.ShouldContain("12,000 to train on, 2,000 to test on");
        Widths(trained.Output.Replace(weights, "convnet.safetensors")).Max().ShouldBeLessThanOrEqualTo(60);
        trained.Output.ShouldContain("--data FOLDER");
        trained.Output.ShouldContain("--download");
        trained.Output.ShouldContain(weights);
        double[] accuracies = TestAccuracies(trained.Output);
        accuracies.Length.ShouldBe(3);
        accuracies[^1].ShouldBeGreaterThanOrEqualTo(97);
        SumOfConfusionMatrix(trained.Output).ShouldBe(2000);

        // Digits it has never seen: other seeds than the sample's own.
        DataSet digits = DrawnDigits.Create(seed: 77, train: 0, test: 40, normalize: false).Test;
        var right = 0;
        for (var i = 0; i < digits.Count; i++)
        {
            // Dark on bright, as on paper; the sample turns it round.
            byte[] pixels = Array.ConvertAll(digits.Sample(i).ToArray(), level => (byte)(255 - 255 * level));
            new GrayImage(28, 28, pixels).WritePgm(folder["digit.pgm"]);
            MnistProgram.Outcome predicted = await MnistProgram.RunAsync("predict", folder["digit.pgm"], "--weights", weights);
            predicted.ExitCode.ShouldBe(0, predicted.Error);
            predicted.Output.ShouldNotContain('\e');
            right += Answer(predicted.Output) == digits.Labels[i] ? 1 : 0;
            Widths(predicted.Output.Replace(weights, "convnet.safetensors")).Max().ShouldBeLessThanOrEqualTo(60);
        }
        right.ShouldBeGreaterThanOrEqualTo(36);
    }

    [Theory]
    [InlineData("linear")]
    [InlineData("mlp")]
    [InlineData("lenet5")]
    public async Task Every_network_learns(string network)
    {
        string[] args = ["--network", network, "--epochs", "2", "--output", folder["weights"]];
        MnistProgram.Outcome trained = await MnistProgram.RunAsync(args);
        trained.ExitCode.ShouldBe(0, trained.Error);
        trained.Output.ShouldContain($"{network}, ");
        TestAccuracies(trained.Output)[^1].ShouldBeGreaterThan(80);
        NetworkKind.Named(network).Load(folder["weights"]).Parameters.Count.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("sgd")]
    [InlineData("adam")]
    public async Task Every_optimizer_teaches(string optimizer)
    {
        MnistProgram.Outcome trained = await MnistProgram.RunAsync("--optimizer", optimizer, "--epochs", "2", "--output", folder["weights"]);
        trained.ExitCode.ShouldBe(0, trained.Error);
        TestAccuracies(trained.Output)[^1].ShouldBeGreaterThan(80);
    }

    [Fact]
    public async Task The_same_seed_prints_the_same_numbers()
    {
        string[] args = ["--epochs", "1", "--seed", "5", "--threads", "2", "--output", folder["weights"]];
        MnistProgram.Outcome first = await MnistProgram.RunAsync(args), second = await MnistProgram.RunAsync(args);
        MnistProgram.Outcome other = await MnistProgram.RunAsync([.. args, "--permute"]);
        WithoutTimes(second.Output).ShouldBe(WithoutTimes(first.Output));
        WithoutTimes(other.Output).ShouldNotBe(WithoutTimes(first.Output));
    }

    [Fact]
    public async Task A_network_that_learnt_permuted_pixels_reads_them()
    {
        MnistProgram.Outcome trained = await MnistProgram.RunAsync(
            "--network", "mlp", "--permute", "--epochs", "2", "--output", folder["weights"]);
        trained.ExitCode.ShouldBe(0, trained.Error);
        trained.Output.ShouldContain("pixels permuted");
        DataSet digits = DrawnDigits.Create(seed: 78, train: 0, test: 10, normalize: false).Test;
        int[] right = [0, 0];
        for (var i = 0; i < digits.Count; i++)
        {
            byte[] pixels = Array.ConvertAll(digits.Sample(i).ToArray(), level => (byte)(255 * level));
            new GrayImage(28, 28, pixels).WritePgm(folder["digit.pgm"]);
            string[] args = ["predict", folder["digit.pgm"], "--network", "mlp", "--weights", folder["weights"]];
            foreach (bool permuted in (bool[])[false, true])
            {
                MnistProgram.Outcome predicted = await MnistProgram.RunAsync(permuted ? [.. args, "--permute"] : args);
                right[permuted ? 1 : 0] += Answer(predicted.Output) == digits.Labels[i] ? 1 : 0;
            }
        }
        right[1].ShouldBeGreaterThanOrEqualTo(8);
        right[0].ShouldBeLessThan(6);
    }

    [Fact]
    public async Task Of_three_networks_only_ConvNet_minds_where_pixels_lie()
    {
        MnistProgram.Outcome compared = await MnistProgram.RunAsync("permuted", "--epochs", "2");
        compared.Error.ShouldBeEmpty();
        compared.ExitCode.ShouldBe(0, compared.Output);
        compared.Output.ShouldContain("digits drawn by this program");
        compared.Output.ShouldContain("Only convnet minds");
        Widths(compared.Output).Max().ShouldBeLessThanOrEqualTo(60);
        Dictionary<string, double[]> rows = ComparedLine().Matches(compared.Output).ToDictionary(row => row.Groups[1].Value,
            row => Enumerable.Range(2, 3).Select(group => double.Parse(row.Groups[group].Value, CultureInfo.InvariantCulture)).ToArray());
        rows.Keys.ShouldBe(["linear", "mlp", "convnet"]);
        foreach (double[] row in rows.Values)
            row[2].ShouldBe(row[1] - row[0], 0.011);
        rows["convnet"][2].ShouldBeLessThan(-1);
        rows["convnet"][2].ShouldBeLessThan(-2 * Math.Max(Math.Abs(rows["linear"][2]), Math.Abs(rows["mlp"][2])));
    }

    [Fact]
    public async Task Stopping_keeps_what_was_learnt()
    {
        using var stop = new CancellationTokenSource();
        using var output = new StoppingWriter(stop, "\n     2 ");
        MnistProgram.Outcome stopped = await MnistProgram.RunAsync(output, stop.Token, "--epochs", "50", "--output", folder["weights"]);

        stopped.ExitCode.ShouldBe(130);
        stopped.Error.ShouldBeEmpty();
        stopped.Output.ShouldContain("Stopped in epoch 2 of 50.");
        stopped.Output.ShouldContain(folder["weights"]);
        var network = ConvNet.Load(folder["weights"]);
        var outputs = new float[ConvNet.OutputSize];
        network.Predict(new float[ConvNet.InputSize], outputs);
        outputs.ShouldNotBe(new float[ConvNet.OutputSize]);
    }

    [Fact]
    public async Task Help_names_every_option_and_ends_well()
    {
        MnistProgram.Outcome help = await MnistProgram.RunAsync("--help");
        help.ExitCode.ShouldBe(0);
        string[] names =
        [
            "--network", "--data", "--download", "--until", "--epochs", "--batch", "--lr", "--optimizer", "--permute", "--threads", "--seed", "--output",
            "predict", "permuted",
        ];
        foreach (string option in names)
            help.Output.ShouldContain(option);
    }

    [Fact]
    public async Task Training_until_an_accuracy_stops_there_and_tells_the_time_since_the_process_started()
    {
        TimeSpan before = DateTime.Now - Process.GetCurrentProcess().StartTime;
        MnistProgram.Outcome trained = await MnistProgram.RunAsync("--until", "96.5", "--output", folder["weights"]);
        TimeSpan after = DateTime.Now - Process.GetCurrentProcess().StartTime;

        trained.ExitCode.ShouldBe(0, trained.Error);
        trained.Output.ShouldContain("3 epochs at most, batches of 32");
        double[] tried = [.. TryLine().Matches(trained.Output).Select(match => double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture))];
        tried[^1].ShouldBeGreaterThanOrEqualTo(96.5);
        tried[..^1].ShouldAllBe(accuracy => accuracy < 96.5);
        Match result = ResultLine().Match(trained.Output);
        double.Parse(result.Groups[1].Value, CultureInfo.InvariantCulture).ShouldBe(tried[^1]);
        // The start time is known to a hundredth of a second.
        double.Parse(result.Groups[2].Value, CultureInfo.InvariantCulture).ShouldBeInRange(before.TotalSeconds - 0.1, after.TotalSeconds + 0.1);
        // What was saved is what was measured.
        DataSet test = DrawnDigits.Create(seed: 1).Test;
        Answers answers = Answers.Of(ConvNet.Load(folder["weights"]), test);
        (100.0 * (test.Count - answers.Mistakes.Length) / test.Count).ShouldBe(tried[^1], 0.005);
        Widths(trained.Output.Replace(folder["weights"], "convnet.safetensors")).Max().ShouldBeLessThanOrEqualTo(60);
    }

    [Fact]
    public async Task An_accuracy_that_is_not_reached_is_told_and_fails()
    {
        string[] args = ["--network", "linear", "--until", "100", "--epochs", "1", "--output", folder["weights"]];
        MnistProgram.Outcome trained = await MnistProgram.RunAsync(args);
        trained.ExitCode.ShouldBe(1);
        trained.Output.ShouldContain("100 % was not reached.");
        trained.Output.ShouldContain("1 epoch at most");
        TryLine().Matches(trained.Output)[^1].Groups[1].Value.ShouldBe("1.00");
        File.Exists(folder["weights"]).ShouldBeTrue();
    }

    private static IEnumerable<int> Widths(string output) => output.Split('\n').Select(line => line.TrimEnd().Length);

    /// <summary>The digit that it says, sure of it or not.</summary>
    private static int Answer(string output)
    {
        Match answer = AnswerLine().Match(output);
        answer.Success.ShouldBeTrue(output);
        int digit = int.Parse(answer.Groups[2].Value, CultureInfo.InvariantCulture);
        answer.Groups[1].Value.ShouldBe(digit == 8 ? "an" : "a");
        return digit;
    }

    private static double[] TestAccuracies(string output) =>
        [.. EpochLine().Matches(output).Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))];

    private static int SumOfConfusionMatrix(string output) =>
        MatrixLine().Matches(output).Sum(line => line.Groups[1].Captures.Sum(cell => int.TryParse(cell.Value, out int count) ? count : 0));

    private static string WithoutTimes(string output) => Seconds().Replace(output, "");

    [GeneratedRegex(@"^ +\d+ +[\d.]+ +[\d.]+ % +[\d.]+ +([\d.]+) %", RegexOptions.Multiline)]
    private static partial Regex EpochLine();

    [GeneratedRegex(@"^\d(?: +(\d+|·)){10} +[\d.]+ %", RegexOptions.Multiline)]
    private static partial Regex MatrixLine();

    [GeneratedRegex(@"^(\w+) +([\d.]+) % +([\d.]+) % +([+-]?[\d.]+)", RegexOptions.Multiline)]
    private static partial Regex ComparedLine();

    [GeneratedRegex(@" +[\d.]+ s\b")]
    private static partial Regex Seconds();

    [GeneratedRegex(@"^(?:It is|Not sure:) (an?) (\d) \([\d.]+ %\)", RegexOptions.Multiline)]
    private static partial Regex AnswerLine();

    [GeneratedRegex(@"^ +([\d.]+) +[\d.]+ +([\d.]+) % +[\d.]+ s", RegexOptions.Multiline)]
    private static partial Regex TryLine();

    [GeneratedRegex(@"^([\d.]+) % of 2,000 test digits are right, ([\d.]+) s\s+after the start of the process", RegexOptions.Multiline)]
    private static partial Regex ResultLine();

    /// <summary>Stops the program, as Ctrl+C does, when it has written a text.</summary>
    private sealed class StoppingWriter(CancellationTokenSource stop, string when) : StringWriter
    {
        public override void Write(string? value)
        {
            base.Write(value);
            StopWhenWritten();
        }

        public override void Write(char value)
        {
            base.Write(value);
            StopWhenWritten();
        }

        private void StopWhenWritten()
        {
            if (!stop.IsCancellationRequested && ToString().Contains(when))
                stop.Cancel();
        }
    }
}
