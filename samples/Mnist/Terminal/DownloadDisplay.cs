using NetGen;
using Spectre.Console;

namespace MnistSample.Terminal;

/// <summary>A bar for each file that is downloaded; a line for each where there is no terminal.</summary>
internal sealed class DownloadDisplay(IAnsiConsole console) : IProgress<DownloadProgress>
{
    private readonly Dictionary<string, ProgressTask?> files = [];
    private ProgressContext? bars;

    /// <summary>Runs a download.</summary>
    public Task<T> RunAsync<T>(Func<IProgress<DownloadProgress>, Task<T>> download)
    {
        if (!console.Profile.Capabilities.Interactive)
            return download(this);
        return console.Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 10 }, new DownloadedColumn())
            .StartAsync(context =>
            {
                bars = context;
                return download(this);
            });
    }

    /// <inheritdoc/>
    public void Report(DownloadProgress value)
    {
        if (!files.TryGetValue(value.File, out ProgressTask? bar))
        {
            files[value.File] = bar = bars?.AddTask(value.File, maxValue: value.Length);
            if (bars is null)
                console.WriteLine($"downloading {value.File}");
        }
        if (bar is not null)
            bar.Value = value.Received;
    }
}
