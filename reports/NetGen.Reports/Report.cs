using System.Collections.Immutable;
using System.Reflection;
using System.Text;

namespace NetGen.Reports;

/// <summary>
/// One page of HTML that holds all it shows: no script, and nothing is loaded from elsewhere. Light or dark as the reader's screen is, as wide as that, and
/// to be read with a keyboard. Whatever texts hold, a browser takes them for texts.
/// <c>new Report("ConvNet").Heading("Training").Curves(history).Save("report.html");</c>
/// </summary>
/// <remarks>Every method adds to the page, and returns it. One thread at a time.</remarks>
/// <param name="title">What the page is called.</param>
public sealed partial class Report(string title)
{
    private const int MostCurves = 16;

    private readonly string title = title ?? throw new ArgumentNullException(nameof(title));
    private readonly List<ReportPart> parts = [];

    /// <summary>Begins a section, which the list of contents at the top names.</summary>
    /// <param name="text">What it is called.</param>
    public Report Heading(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Add(new HeadingPart(text, FormattableString.Invariant($"section-{parts.OfType<HeadingPart>().Count() + 1}")));
    }

    /// <summary>A paragraph.</summary>
    /// <param name="text">What it says.</param>
    public Report Text(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Add(new TextPart(text));
    }

    /// <summary>A table.</summary>
    /// <param name="caption">What it shows.</param>
    /// <param name="columns">Names of the columns.</param>
    /// <param name="rows">Rows of as many cells.</param>
    /// <exception cref="ArgumentException">A row has another number of cells, or one is null.</exception>
    public Report Table(string caption, IEnumerable<string> columns, IEnumerable<IEnumerable<string>> rows)
    {
        ArgumentNullException.ThrowIfNull(caption);
        ImmutableArray<string> names = [.. columns];
        ImmutableArray<ImmutableArray<string>> cells = [.. rows.Select(row => row.ToImmutableArray())];
        if (cells.Any(row => row.Length != names.Length || row.Contains(null!)) || names.Contains(null!))
            throw new ArgumentException($"Every row has a cell for each of the {names.Length} columns.", nameof(rows));
        return Add(new TablePart(caption, names, cells));
    }

    /// <summary>A picture.</summary>
    /// <param name="caption">What it shows.</param>
    /// <param name="image">The picture.</param>
    /// <param name="zoom">Pixels on the page for one of the picture's, from 1 to 64.</param>
    public Report Image(string caption, RgbImage image, int zoom = 1) => Images(caption, [(image, "")], zoom);

    /// <summary>Pictures side by side, as many as a line takes.</summary>
    /// <param name="caption">What they show.</param>
    /// <param name="images">Each with what is said under it.</param>
    /// <param name="zoom">Pixels on the page for one of a picture's, from 1 to 64.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="zoom"/> is not from 1 to 64.</exception>
    public Report Images(string caption, IEnumerable<(RgbImage Image, string Caption)> images, int zoom = 1)
    {
        ArgumentNullException.ThrowIfNull(caption);
        ArgumentOutOfRangeException.ThrowIfLessThan(zoom, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(zoom, 64);
        ImmutableArray<(RgbImage Image, string Caption)> all = [.. images];
        foreach ((RgbImage image, string said) in all)
        {
            ArgumentNullException.ThrowIfNull(image, nameof(images));
            ArgumentNullException.ThrowIfNull(said, nameof(images));
        }
        return Add(new GalleryPart(caption, all, zoom));
    }

    /// <summary>Curves over one axis, with their numbers to unfold.</summary>
    /// <param name="plot">The curves.</param>
    /// <exception cref="ArgumentException">There are more than 16, or one has not as many places as values.</exception>
    public Report Plot(Plot plot)
    {
        ArgumentNullException.ThrowIfNull(plot);
        if (plot.Series.Length > MostCurves)
            throw new ArgumentException($"{plot.Series.Length} curves are not to be told apart; at most {MostCurves} are drawn.", nameof(plot));
        if (plot.Series.FirstOrDefault(series => series.X.Length != series.Y.Length) is { } uneven)
            throw new ArgumentException($"The curve '{uneven.Name}' has {uneven.X.Length} places and {uneven.Y.Length} values.", nameof(plot));
        return Add(new PlotPart(plot));
    }

    /// <summary>The whole page.</summary>
    public string ToHtml()
    {
        var html = new HtmlWriter();
        html.Raw("<!DOCTYPE html>\n");
        using (html.Open("html", ("lang", "en"), ("xmlns", "http://www.w3.org/1999/xhtml")))
        {
            using (html.Open("head"))
            {
                html.Empty("meta", ("charset", "utf-8"));
                html.Empty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
                html.Empty("meta", ("http-equiv", "Content-Security-Policy"), ("content", "default-src 'none'; img-src data:; style-src 'unsafe-inline'"));
                html.Text("title", title);
                using (html.Open("style"))
                    html.Raw(StyleSheet());
            }
            using (html.Open("body"))
            {
                html.Text("a", "To the content", ("class", "skip"), ("href", "#content"));
                html.Text("h1", title);
                WriteContents(html);
                using (html.Open("main", ("id", "content")))
                {
                    foreach (ReportPart part in parts)
                        part.Write(html);
                }
            }
        }
        return html.ToString();
    }

    /// <summary>Writes the page to a file. An existing one stays whole until the new one is.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It, or its folder, may not be written.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string part = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            File.WriteAllText(part, ToHtml(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            File.Move(part, path, overwrite: true);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    private Report Add(ReportPart part)
    {
        parts.Add(part);
        return this;
    }

    private void WriteContents(HtmlWriter html)
    {
        using var contents = html.Open("nav", ("aria-label", "Contents"));
        using var list = html.Open("ul");
        foreach (HeadingPart heading in parts.OfType<HeadingPart>())
        {
            using var item = html.Open("li");
            html.Text("a", heading.Title, ("href", $"#{heading.Id}"));
        }
    }

    private static string StyleSheet()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Report.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
