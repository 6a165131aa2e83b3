using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;

namespace ModelZoo.Bench;

/// <summary>
/// <c>bench</c> here and <c>steps</c> of the benchmarks: the time of a step for every network, in lines that can be laid beside those of other frameworks' programs:
/// network, mode, batch, threads, milliseconds.
/// </summary>
internal static class StepsCommand
{
    private static readonly ImmutableArray<Mode> Modes =
    [
        new("infer", network => network.InferBatches, workload => workload.Predict),
        new("train", network => [network.TrainBatch], workload => () => workload.Train()),
    ];

    private static readonly Option<ImmutableArray<BenchmarkNetwork>> Networks = Lists.OneOf("--nets", "Which networks.", BenchmarkNetwork.All, BenchmarkNetwork.Thin);

    private static readonly Option<ImmutableArray<Mode>> ChosenModes = Lists.OneOf("--modes", "What to measure.", Modes);

    private static readonly Option<int> Threads = Lists.AtLeastOne("--threads", "Workers", 1);

    private static readonly Option<double> Seconds = new("--seconds")
    {
        Description = "Time to measure each of them, above 0.",
        DefaultValueFactory = _ => 2,
    };

    /// <param name="name">What the command is called.</param>
    public static Command Create(string name)
    {
        Seconds.Validators.Add(result =>
        {
            if (!(result.GetValueOrDefault<double>() > 0))
                result.AddError("--seconds takes a number above 0.");
        });
        var command = new Command(name, "Prints the time of a step: network, mode, batch, threads, milliseconds.")
        {
            Networks, ChosenModes, Threads, Seconds,
        };
        command.SetAction(Run);
        return command;
    }

    private static void Run(ParseResult parsed)
    {
        int threads = parsed.GetValue(Threads);
        foreach (BenchmarkNetwork kind in parsed.GetValue(Networks))
        {
            foreach (Mode mode in parsed.GetValue(ChosenModes))
            {
                foreach (int batch in mode.Batches(kind))
                {
                    using var workload = new Workload(kind, batch, threads);
                    double milliseconds = Median.Milliseconds(mode.Call(workload), parsed.GetValue(Seconds));
                    Console.WriteLine(string.Create(
                        CultureInfo.InvariantCulture, $"{kind,-20} {mode} {batch,4} {threads} {milliseconds,10:0.0000}"));
                }
            }
        }
    }

    /// <param name="Name">What <c>--modes</c> takes.</param>
    /// <param name="Batches">The batches of a network that are measured.</param>
    /// <param name="Call">The call that is measured.</param>
    private sealed record Mode(string Name, Func<BenchmarkNetwork, ImmutableArray<int>> Batches, Func<Workload, Action> Call)
    {
        public override string ToString() => Name;
    }
}
