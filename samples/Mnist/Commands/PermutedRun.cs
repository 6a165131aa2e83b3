using System.Collections.Immutable;
using System.Globalization;
using Spectre.Console;

namespace MnistSample.Commands;

/// <summary>
/// Networks on the digits as they are, and with the pixels of all of them in one other order: those whose first layer is linear do not know what lies
/// beside what, and do not mind; a convolution does.
/// </summary>
internal sealed class PermutedRun(DigitSource source, Recipe recipe, IAnsiConsole console)
{
    private static readonly ImmutableArray<NetworkKind> Indifferent = [NetworkKind.Named("linear"), NetworkKind.Named("mlp")];

    private static readonly NetworkKind Convolutional = NetworkKind.Named("convnet");

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        DigitData data = await source.LoadAsync(console, cancellation), permuted = data.Permuted();
        Line($"[bold]data[/]      {Markup.Escape(data.Source)}");
        Line($"          {data.Train.Count:N0} to train on, {data.Test.Count:N0} to test on, {(recipe.Epochs == 1 ? "1 epoch" : $"{recipe.Epochs} epochs")}");
        console.WriteLine();
        console.MarkupLine("[bold]network   test accuracy  pixels permuted  change[/]");
        var changes = new List<double>();
        foreach (NetworkKind kind in Indifferent)
            changes.Add(Math.Abs(await ChangeAsync(kind)));
        double most = changes.Max(), lost = -await ChangeAsync(Convolutional);
        console.WriteLine();
        // Two trainings never end alike; what is lost for want of neighbours is more than that.
        bool isFound = lost > 2 * most;
        Line($"{(isFound ? $"[bold green]Only {Convolutional} minds:[/] it looks at pixels side by side." : $"[yellow]{Convolutional} does not mind more than the others this time.[/]")}");
        return isFound ? ExitCode.Success : ExitCode.Failure;

        async Task<double> ChangeAsync(NetworkKind kind)
        {
            double plain = await AccuracyAsync(kind, data, cancellation), moved = await AccuracyAsync(kind, permuted, cancellation);
            Line($"{kind,-8}{plain,13:0.00} %{moved,15:0.00} %{moved - plain,8:+0.00;-0.00;0.00}");
            return moved - plain;
        }
    }

    /// <summary>The percentage of the test digits that a new network gets right when it is trained.</summary>
    private Task<double> AccuracyAsync(NetworkKind kind, DigitData data, CancellationToken cancellation) =>
        Task.Run(() => 100 * recipe.Train(kind.Create(recipe.Seed), data, progress: null, cancellation).Last.ValidationAccuracy!.Value, cancellation);

    private void Line(FormattableString markup) => console.MarkupLine(markup.ToString(CultureInfo.InvariantCulture));
}
