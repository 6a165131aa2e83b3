using System.Globalization;
using NetGen;
using Spectre.Console;

namespace MnistSample.Terminal;

/// <summary>A table that grows by a line with every epoch, and under it, in a terminal, a bar for the epochs to come.</summary>
internal sealed class TrainingDisplay(IAnsiConsole console) : IProgress<TrainingProgress>
{
    private ProgressTask? bar;

    /// <summary>The epoch reached, from 1; 0 before the first report.</summary>
    public int Epoch { get; private set; }

    /// <summary>Steps reported, in all epochs.</summary>
    public int Steps { get; private set; }

    /// <summary>Runs a training.</summary>
    /// <returns>False when it was cancelled.</returns>
    public async Task<bool> RunAsync(Action<IProgress<TrainingProgress>> train)
    {
        console.MarkupLine("[bold] epoch    loss  accuracy  test loss  test accuracy    time[/]");
        if (!console.Profile.Capabilities.Interactive)
            return await CompletesAsync(train);
        return await console.Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 10 }, new PercentageColumn(),
                new RemainingTimeColumn())
            .StartAsync(context =>
            {
                bar = context.AddTask("epoch 1", autoStart: true);
                return CompletesAsync(train);
            });
    }

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        Epoch = value.Epoch;
        Steps = (value.Epoch - 1) * value.Steps + value.Step;
        if (value.Completed is { } epoch)
        {
            FormattableString train = $"{epoch.Epoch,6}{epoch.TrainLoss,8:0.000}{100 * epoch.TrainAccuracy,8:0.00} %";
            FormattableString test = $"{epoch.ValidationLoss,11:0.000}{100 * epoch.ValidationAccuracy,13:0.00} %";
            FormattableString time = $"{epoch.Duration.TotalSeconds,6:0.0} s";
            console.WriteLine(string.Concat(new[] { train, test, time }.Select(FormattableString.Invariant)));
        }
        if (bar is null)
            return;
        bar.MaxValue = value.Epochs * value.Steps;
        bar.Value = Steps;
        bar.Description = string.Create(CultureInfo.InvariantCulture, $"epoch {value.Epoch} of {value.Epochs}, loss {value.Loss:0.000}");
    }

    /// <summary>Trains on another thread, so that this one stays free for the bar and for Ctrl+C.</summary>
    private async Task<bool> CompletesAsync(Action<IProgress<TrainingProgress>> train)
    {
        try
        {
            await Task.Run(() => train(this));
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
