using System.Collections.Immutable;
using System.Globalization;
using MnistSample.Terminal;
using NetGen;
using Spectre.Console;

namespace MnistSample.Commands;

/// <summary>One run of the program that trains: data, network, training, saving, and what was learnt.</summary>
internal sealed class TrainingRun(TrainSettings settings, IAnsiConsole console)
{
    private Recipe Recipe => settings.Recipe;

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        RefuseWhatCannotBeSaved(settings.Output);
        Task compiled = Task.Run(() => Recipe.WarmUp(settings.Network.Create(Recipe.Seed)), CancellationToken.None);
        DigitData data = await LoadAsync(cancellation);
        Tell(data);
        await compiled;

        INetwork network = settings.Network.Create(Recipe.Seed);
        return settings.Until is { } percentage
            ? await TrainUntilAsync(network, data, percentage, cancellation)
            : await TrainAsync(network, data, cancellation);
    }

    private void Tell(DigitData data)
    {
        Line($"[bold]data[/]      {Markup.Escape(data.Source)}");
        Line($"          {data.Train.Count:N0} to train on, {data.Test.Count:N0} to test on");
        Line($"          [grey]{Markup.Escape(data.Other)}[/]");
        Line($"[bold]network[/]   {settings.Network}, {settings.Network.ParameterCount:N0} parameters");
        string threads = Recipe.Threads switch { 0 => "all processors", 1 => "1 thread", _ => $"{Recipe.Threads} threads" };
        Line($"[bold]training[/]  {(Recipe.Epochs == 1 ? "1 epoch" : $"{Recipe.Epochs} epochs")}{(settings.Until is null ? "" : " at most")}, batches of {Recipe.Batch}, {threads}, seed {Recipe.Seed}");
        Line($"          {Recipe.Optimizer}, learning rate up to {Recipe.Rate}");
        console.WriteLine();
    }

    private async Task<int> TrainAsync(INetwork network, DigitData data, CancellationToken cancellation)
    {
        var display = new TrainingDisplay(console);
        bool completed;
        try
        {
            completed = await display.RunAsync(progress => Recipe.Train(network, data, progress, cancellation));
        }
        catch (DivergenceException)
        {
            return Diverged();
        }
        if (!completed && display.Steps == 0)
            return StoppedAtOnce();
        network.Save(settings.Output);
        console.WriteLine();
        if (!completed)
            return Stopped($"epoch {display.Epoch} of {Recipe.Epochs}");
        TellSaved();
        console.WriteLine();
        Show(Answers.Of(network, data.Test), data);
        return ExitCode.Success;
    }

    private async Task<int> TrainUntilAsync(INetwork network, DigitData data, double percentage, CancellationToken cancellation)
    {
        var display = new SprintDisplay(console);
        Evaluation? last = await display.RunAsync(
            progress => Recipe.TrainUntil(network, data, percentage / 100, progress, cancellation));
        TimeSpan elapsed = ProcessClock.Elapsed;
        if (last is null && display.Epoch == 0)
            return StoppedAtOnce();
        if (last is { Loss: var loss } && !double.IsFinite(loss))
            return Diverged();
        network.Save(settings.Output);
        console.WriteLine();
        if (last is not { Accuracy: var accuracy })
            return Stopped($"epoch {display.Epoch:0.0} of {Recipe.Epochs}");
        bool isReached = accuracy >= percentage / 100;
        Line($"{(isReached ? "[bold green]" : "[yellow]")}{100 * accuracy:0.00} % of {data.Test.Count:N0} test digits are right, {elapsed.TotalSeconds:0.00} s[/]");
        Line($"after the start of the process{(isReached ? "" : $"; {percentage} % was not reached")}.");
        TellSaved();
        return isReached ? ExitCode.Success : ExitCode.Failure;
    }

    private int StoppedAtOnce()
    {
        Line($"[yellow]Stopped before the first step; nothing was saved.[/]");
        return ExitCode.Stopped;
    }

    private int Diverged()
    {
        Line($"[red]The loss is not a number any more: training diverged, and nothing was saved.[/] Try a rate below --lr {Recipe.Rate}.");
        return ExitCode.Failure;
    }

    private int Stopped(FormattableString where)
    {
        string place = where.ToString(CultureInfo.InvariantCulture);
        Line($"[yellow]Stopped in {place}.[/] What was learnt until then is kept in [bold]{Markup.Escape(settings.Output)}[/].");
        return ExitCode.Stopped;
    }

    private void TellSaved()
    {
        Line($"Saved as [bold]{Markup.Escape(settings.Output)}[/], {ProcessClock.Elapsed.TotalSeconds:0.0} s after the start.");
        Line($"[grey]To read a digit: predict FILE{Markup.Escape(Options())}[/]");
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
        DigitData data = await settings.Source.LoadAsync(console, cancellation);
        return settings.Permute ? data.Permuted() : data;
    }

    /// <summary>What <c>predict</c> must be told to use this network.</summary>
    private string Options() => (settings.Network.Name == SharedOptions.DefaultNetwork ? "" : $" --network {settings.Network}")
        + (settings.Output == settings.Network.DefaultFile(settings.Permute) ? "" : $" --weights {settings.Output}")
        + (settings.Permute ? " --permute" : "");

    private void Show(Answers answers, DigitData data)
    {
        Terminal.ConfusionMatrix.Write(console, answers.Counts);
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
