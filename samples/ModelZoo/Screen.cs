using Spectre.Console;

namespace ModelZoo;

/// <summary>The terminal, or the file or pipe in its place, which gets neither colours nor broken lines.</summary>
internal static class Screen
{
    /// <summary>Wide enough that no line of a table is broken.</summary>
    private const int FileWidth = 1000;

    /// <param name="writer">Where to write.</param>
    public static IAnsiConsole Create(TextWriter writer)
    {
        if (writer == Console.Out && !Console.IsOutputRedirected)
            return AnsiConsole.Console;
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Width = FileWidth;
        return console;
    }
}
