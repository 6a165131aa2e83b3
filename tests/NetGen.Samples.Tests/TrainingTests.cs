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
        trained.Output.ShouldContain("digits drawn by this program: 12,000 to train on, 2,000 to test on");
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
            right += predicted.Output.Contains($"It is a {digits.Labels[i]} (") ? 1 : 0;
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
        trained.Output.ShouldContain($"{network} with ");
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
                right[permuted ? 1 : 0] += predicted.Output.Contains($"It is a {digits.Labels[i]} (") ? 1 : 0;
            }
        }
        right[1].ShouldBeGreaterThanOrEqualTo(8);
        right[0].ShouldBeLessThan(6);
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
            "--network", "--data", "--download", "--epochs", "--batch", "--lr", "--optimizer", "--permute", "--threads", "--seed", "--output",
            "predict",
        ];
        foreach (string option in names)
            help.Output.ShouldContain(option);
    }

    private static double[] TestAccuracies(string output) =>
        [.. EpochLine().Matches(output).Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))];

    private static int SumOfConfusionMatrix(string output) =>
        MatrixLine().Matches(output).Sum(line => line.Groups[1].Captures.Sum(cell => int.TryParse(cell.Value, out int count) ? count : 0));

    private static string WithoutTimes(string output) => Seconds().Replace(output, "");

    [GeneratedRegex(@"^ +\d+ +[\d.]+ +[\d.]+ % +[\d.]+ +([\d.]+) %", RegexOptions.Multiline)]
    private static partial Regex EpochLine();

    [GeneratedRegex(@"^ +\d(?: +(\d+|·)){10} +[\d.]+ %", RegexOptions.Multiline)]
    private static partial Regex MatrixLine();

    [GeneratedRegex(@" +[\d.]+ s\b")]
    private static partial Regex Seconds();

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
