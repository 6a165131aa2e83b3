using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;

namespace NetGen.Benchmarks;

/// <summary>
/// <c>first</c>: what one waits for before training runs at its pace. Lines of network, batch, threads, and milliseconds of making the network, of making
/// its trainer, of the first training step and of a later one, with the ratio of these two. The first network of a process also compiles what all share.
/// </summary>
internal static class FirstCommand
{
    private static readonly Option<ImmutableArray<BenchmarkNetwork>> Networks = Lists.OneOf("--nets", "Which networks.", BenchmarkNetwork.All, BenchmarkNetwork.Thin);

    private static readonly Option<int> Threads = Lists.AtLeastOne("--threads", "Workers", 1);

    private static readonly Option<int> Later = Lists.AtLeastOne("--later", "Later steps, of which the median is printed", 5);

    public static Command Create()
    {
        var command = new Command("first", "Prints network, batch, threads, and the times of making network and trainer, of the first training step and of a later one.")
        {
            Networks, Threads, Later,
        };
        command.SetAction(Run);
        return command;
    }

    private static void Run(ParseResult parsed)
    {
        int threads = parsed.GetValue(Threads);
        foreach (BenchmarkNetwork kind in parsed.GetValue(Networks))
        {
            (double making, INetwork network) = Time(() => kind.Create(1));
            RandomBatch batch = RandomBatch.For(network, kind.TrainBatch);
            (double makingTrainer, Trainer trainer) = Time(() => Workload.CreateTrainer(network, kind.TrainBatch, threads));
            using (trainer)
            {
                double first = Step();
                double later = Enumerable.Range(0, parsed.GetValue(Later)).Select(_ => Step()).Order().ElementAt(parsed.GetValue(Later) / 2);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{kind,-20} {kind.TrainBatch,4} {threads} network {making,9:0.00} trainer {makingTrainer,9:0.00} first {first,9:0.00} later {later,9:0.00} ms ratio {first / later:0.00}"));

                double Step() => Time(() => batch.Step(trainer)).Milliseconds;
            }
        }
    }

    private static (double Milliseconds, T Result) Time<T>(Func<T> call)
    {
        long start = Stopwatch.GetTimestamp();
        T result = call();
        return (Stopwatch.GetElapsedTime(start).TotalMilliseconds, result);
    }
}
