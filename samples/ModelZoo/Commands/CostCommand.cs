using System.CommandLine;
using System.Globalization;
using ModelZoo.Catalogue;
using NetGen.Engine;
using Spectre.Console;

namespace ModelZoo.Commands;

/// <summary><c>cost</c>: what networks cost, or the layers of one.</summary>
internal static class CostCommand
{
    private static readonly (string Name, Func<ZooNetwork, string> Cell)[] Columns =
    [
        ("network", network => network.Name),
        ("input", network => string.Join('×', network.Definition.InputShape.Extents)),
        ("layers", network => Number(network.Definition.Activations.Length)),
        ("parameters", network => Number(network.ParameterCount)),
        ("multiply-adds", network => Number(network.Definition.MultiplyAdds)),
        ("activations", network => Bytes(network.Definition.SampleBytes)),
        ("alive at once", network => Bytes(network.Definition.LeastSampleBytes)),
        ("over", network => Percent(network.Definition)),
    ];

    public static Command Create(IAnsiConsole console)
    {
        Argument<ZooNetwork?> name = NetworkArgument.Create("Its layers are shown; all networks where it is left out.", ArgumentArity.ZeroOrOne);
        var command = new Command("cost", "Prints parameters and multiply-adds, and the memory of activations beside what is alive at once, of a prediction of one sample.") { name };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(name) is { } network)
                console.Write(new Text(network.Summary + Environment.NewLine));
            else
                console.Write(Table());
        });
        return command;
    }

    private static Table Table()
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach ((string column, _) in Columns)
            table.AddColumn(new TableColumn(column) { Alignment = column is "network" or "input" ? Justify.Left : Justify.Right, NoWrap = true });
        foreach (ZooNetwork network in Zoo.All)
            table.AddRow(Columns.Select(column => new Text(column.Cell(network))));
        return table;
    }

    private static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Bytes(long bytes) => (bytes / 1024.0).ToString("#,0.0 'KiB'", CultureInfo.InvariantCulture);

    private static string Percent(NetworkDefinition definition) =>
        ((definition.SampleBytes - definition.LeastSampleBytes) / (double)Math.Max(1, definition.LeastSampleBytes)).ToString("0.0 %", CultureInfo.InvariantCulture);
}
