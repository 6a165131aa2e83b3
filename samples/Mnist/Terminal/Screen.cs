using System.Text;
using Spectre.Console;

namespace MnistSample.Terminal;

/// <summary>The terminal, or the file or pipe in its place, which gets neither colours nor control codes nor broken lines.</summary>
internal static class Screen
{
    /// <summary>Wide enough that nothing written here is broken into lines.</summary>
    private const int FileWidth = 1000;

    /// <summary>What text drawn for a file may be wide.</summary>
    private const int PageWidth = 60;

    public static IAnsiConsole Create()
    {
        if (Console.IsOutputRedirected)
            return ForFile(Console.Out);
        if (OperatingSystem.IsWindows())
            Console.OutputEncoding = Encoding.UTF8;
        return AnsiConsole.Create(new AnsiConsoleSettings());
    }

    public static IAnsiConsole ForFile(TextWriter writer)
    {
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

    /// <summary>Columns to draw in.</summary>
    public static int DrawingWidth(this IAnsiConsole console) => Math.Min(console.Profile.Width, PageWidth);

    /// <summary>Whether grey levels can be shown as colours.</summary>
    public static bool HasColors(this IAnsiConsole console) =>
        console.Profile.Capabilities is { Ansi: true, ColorSystem: not ColorSystem.NoColors };
}
