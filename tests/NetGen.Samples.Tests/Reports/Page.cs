using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NetGen.Reports;

namespace NetGen.Samples.Tests.Reports;

/// <summary>A report as a browser would take it apart; as XML, so that one tag too many or too few is an error.</summary>
internal sealed partial class Page
{
    private readonly XElement root;

    public Page(Report report)
        : this(report.ToHtml())
    {
    }

    public Page(string html)
    {
        Html = html;
        html.ShouldStartWith("<!DOCTYPE html>\n");
        root = XDocument.Parse(html["<!DOCTYPE html>\n".Length..]).Root!;
    }

    public string Html { get; }

    public IEnumerable<XElement> All(string tag) => root.Descendants().Where(element => element.Name.LocalName == tag);

    /// <summary>Every attribute of every element.</summary>
    public IEnumerable<XAttribute> Attributes => root.DescendantsAndSelf().Attributes();

    /// <summary>The pictures, decoded.</summary>
    public RgbImage[] Images => [.. All("img").Select(image => RgbImage.Decode("image", Convert.FromBase64String(image.Attribute("src")!.Value["data:image/png;base64,".Length..])))];

    /// <summary>The points of the curves of a plot, brought from places in the picture to numbers by what its axes say.</summary>
    public (double X, double Y)[][] Curves(int plot)
    {
        XElement svg = All("svg").Where(each => each.Attribute("role")?.Value == "img").ElementAt(plot);
        Func<double, double> x = Scale("tick x", "x"), y = Scale("tick y", "y");
        return [.. svg.Elements().Where(path => Class(path).StartsWith("series ", StringComparison.Ordinal)).Select(path =>
            Point().Matches(path.Attribute("d")!.Value).Select(point => (x(Number(point.Groups[1].Value)), y(Number(point.Groups[2].Value)))).ToArray())];

        Func<double, double> Scale(string kind, string place)
        {
            XElement[] ticks = [.. svg.Elements().Where(tick => Class(tick) == kind)];
            ticks.Length.ShouldBeGreaterThanOrEqualTo(2);
            (double from, double to) = (Number(ticks[0].Attribute(place)!.Value), Number(ticks[^1].Attribute(place)!.Value));
            (double first, double last) = (Number(ticks[0].Value), Number(ticks[^1].Value));
            return at => first + ((at - from) / (to - from) * (last - first));
        }
    }

    public static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Class(XElement element) => element.Attribute("class")?.Value ?? "";

    [GeneratedRegex(@"[ML](-?[\d.]+) (-?[\d.]+)")]
    private static partial Regex Point();
}
