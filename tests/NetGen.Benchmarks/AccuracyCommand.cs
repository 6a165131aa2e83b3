using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;

namespace NetGen.Benchmarks;

/// <summary><c>accuracy</c>: how many digits of MNIST's test set each network reads right when it is trained as the sample does.</summary>
internal static class AccuracyCommand
{
    private static readonly Option<string> Data = new("--data")
    {
        Description = "A folder with MNIST's four files.",
        HelpName = "FOLDER",
        Required = true,
    };

    private static readonly Option<ImmutableArray<BenchmarkNetwork>> Networks = Lists.OneOf(
        "--nets", "Which networks.", [.. BenchmarkNetwork.All.Where(network => network.Network.Definition.InputShape.Extents is [1, 28, 28])], BenchmarkNetwork.Thin);

    private static readonly Option<ImmutableArray<ulong>> Seeds = Lists.Of<ulong>(
        "--seeds", "Seeds of the first weights and of the order of the digits.", [1, 2, 3], ulong.TryParse, "whole numbers of at least 0");

    private static readonly Option<bool> Permute = new("--permute") { Description = "Put the pixels in one fixed random order." };

    private static readonly Option<bool> Augmented = new("--augment") { Description = "Shift, turn and scale the digits a little, anew in every epoch." };

    private static readonly Option<bool> Mirrored = new("--mirror") { Description = "Mirror half of them, which clothes bear and digits do not." };

    private static readonly Option<int> Epochs = Lists.AtLeastOne("--epochs", "How often every digit is seen", Recipe.Default.Epochs);

    private static readonly Option<int> Threads = new("--threads")
    {
        Description = "Workers.",
        DefaultValueFactory = _ => Recipe.Default.Threads,
    };

    public static Command Create()
    {
        var command = new Command("accuracy", "Trains each network as the sample does, and prints network, seed, test accuracy and seconds.")
        {
            Data, Networks, Seeds, Permute, Augmented, Mirrored, Epochs, Threads,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        DigitData data = await DigitData.LoadAsync(parsed.GetValue(Data), download: false, new Progress<DownloadProgress>(), cancellation);
        if (parsed.GetValue(Permute))
            data = data.Permuted();
        if (parsed.GetValue(Augmented))
            data = data with { Train = data.Train.Augmented(Augment.Shift(0.07), Augment.Rotate(10), Augment.Scale(0.9, 1.1)) };
        if (parsed.GetValue(Mirrored))
            data = data with { Train = data.Train.Augmented(Augment.Flip()) };
        foreach (BenchmarkNetwork kind in parsed.GetValue(Networks))
        {
            foreach (ulong seed in parsed.GetValue(Seeds))
            {
                Recipe recipe = Recipe.Default with { Seed = seed, Threads = parsed.GetValue(Threads), Epochs = parsed.GetValue(Epochs) };
                History history = recipe.Train(kind.Create(seed), data, progress: null, cancellation);
                double accuracy = 100 * history.Last.ValidationAccuracy!.Value, seconds = history.Sum(epoch => epoch.Duration.TotalSeconds);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kind,-10} {seed,4} {accuracy,6:0.00} % {seconds,6:0.0} s"));
            }
        }
    }
}
