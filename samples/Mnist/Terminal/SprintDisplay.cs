using System.Globalization;
using NetGen;
using Spectre.Console;

namespace MnistSample.Terminal;

/// <summary>A line for each time that the test digits were tried on the way to an accuracy.</summary>
internal sealed class SprintDisplay(IAnsiConsole console)
{
    /// <summary>How often every digit had been seen at the last try.</summary>
    public double Epoch { get; private set; }

    /// <summary>Runs a training.</summary>
    /// <returns>What it measured last; null when it was cancelled.</returns>
    public async Task<Evaluation?> RunAsync(Func<Action<Measurement>, Evaluation> train)
    {
        console.MarkupLine("[bold] epoch  test loss  test accuracy      time[/]");
        try
        {
            // On another thread, so that this one stays free for Ctrl+C.
            return await Task.Run(() => train(Tell));
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private void Tell(Measurement measured)
    {
        Epoch = measured.Epoch;
        console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{measured.Epoch,6:0.00}{measured.Test.Loss,11:0.000}{100 * measured.Test.Accuracy,13:0.00} %{ProcessClock.Elapsed.TotalSeconds,8:0.00} s"));
    }
}
