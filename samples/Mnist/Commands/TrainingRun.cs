using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using MnistSample.Terminal;
using NetGen;
using Spectre.Console;

namespace MnistSample.Commands;

/// <summary>One run of the program that trains: data, network, training, saving, and what was learnt.</summary>
internal sealed class TrainingRun(TrainSettings settings, IAnsiConsole console)
{
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        RefuseWhatCannotBeSaved(settings.Output);
        long start = Stopwatch.GetTimestamp();
        DigitData data = await LoadAsync(cancellation);
        Line($"[bold]data[/]     {Markup.Escape(data.Source)}: {data.Train.Count:N0} to train on, {data.Test.Count:N0} to test on");
        Line($"         [grey]{Markup.Escape(data.Other)}[/]");
        Line($"[bold]network[/]  {settings.Network} with {settings.Network.ParameterCount:N0} parameters");
        Recipe recipe = settings.Recipe;
        string threads = recipe.Threads switch { 0 => "all processors", 1 => "1 thread", _ => $"{recipe.Threads} threads" };
        string schedule = $"{recipe.Optimizer}, learning rate up to {recipe.Rate.ToString(CultureInfo.InvariantCulture)}";
        Line($"[bold]training[/] {(recipe.Epochs == 1 ? "1 epoch" : $"{recipe.Epochs} epochs")} in batches of {recipe.Batch}, {schedule}, {threads}, seed {recipe.Seed}");
        console.WriteLine();

        INetwork network = settings.Network.Create(recipe.Seed);
        var display = new TrainingDisplay(console);
        History? history = null;
        bool completed = await display.RunAsync(progress => history = recipe.Train(network, data, progress, cancellation));
        if (!completed && display.Steps == 0)
        {
            Line($"[yellow]Stopped before the first step; nothing was saved.[/]");
            return ExitCode.Stopped;
        }
        if (history is not null && !double.IsFinite(history.Last.TrainLoss))
        {
            Line($"[red]The loss is not a number any more: training diverged, and nothing was saved.[/] Try a rate below --lr {recipe.Rate}.");
            return ExitCode.Failure;
        }
        network.Save(settings.Output);
        console.WriteLine();
        string file = Markup.Escape(settings.Output);
        if (!completed)
        {
            Line($"[yellow]Stopped in epoch {display.Epoch} of {recipe.Epochs}.[/] What was learnt until then is kept in [bold]{file}[/].");
            return ExitCode.Stopped;
        }
        Line($"Saved as [bold]{file}[/], {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s after the start. {Next()}");
        console.WriteLine();
        Show(Answers.Of(network, data.Test), data);
        return ExitCode.Success;
    }

    /// <summary>A file that cannot be written is better known before the training than after it.</summary>
    private static void RefuseWhatCannotBeSaved(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw new IOException("--output: the name of a file is expected, it is empty.");
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? path;
        if (Directory.Exists(path))
            throw new IOException($"--output {path}: a file is expected, it is a folder.");
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"--output {path}: the folder {folder} does not exist.");
        try
        {
            using var probe = new FileStream(
                Path.Combine(folder, $".{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"--output {path}: nothing can be written to the folder {folder}.", exception);
        }
    }

    private async Task<DigitData> LoadAsync(CancellationToken cancellation)
    {
        DigitData data = settings.Download
            ? await new DownloadDisplay(console).RunAsync(progress => DigitData.LoadAsync(settings.DataFolder, true, progress, cancellation))
            : await DigitData.LoadAsync(settings.DataFolder, false, new Progress<DownloadProgress>(), cancellation);
        return settings.Permute ? data.Permuted() : data;
    }

    private string Next()
    {
        string options = (settings.Network.Name == SharedOptions.DefaultNetwork ? "" : $" --network {settings.Network}")
            + (settings.Output == settings.Network.DefaultFile(settings.Permute) ? "" : $" --weights {settings.Output}")
            + (settings.Permute ? " --permute" : "");
        return $"[grey]To read an image of a digit with it: predict FILE{Markup.Escape(options)}[/]";
    }

    private void Show(Answers answers, DigitData data)
    {
        ConfusionMatrix.Write(console, answers.Counts);
        console.WriteLine();
        ImmutableArray<Mistake> shown = [.. answers.Mistakes.Take(DigitPicture.PerRow(console))];
        if (shown.IsEmpty)
        {
            Line($"[green]All {data.Test.Count:N0} digits of the test set are right.[/]");
            return;
        }
        Line($"{answers.Mistakes.Length:N0} of {data.Test.Count:N0} wrong. The surest mistakes:");
        console.WriteLine();
        DigitPicture.Write(console, [.. shown.Select(mistake => (
            string.Create(CultureInfo.InvariantCulture, $"{mistake.Label} taken for {mistake.Answer} ({100 * mistake.Probability:0} %)"),
            Picture.Of(data.Pictures.Sample(mistake.Index))))]);
    }

    private void Line(FormattableString markup) => console.MarkupLine(markup.ToString(CultureInfo.InvariantCulture));
}
