using System.Globalization;
using System.Text;

namespace NetGen.Reports;

/// <summary>A plot as a picture, its curves' names, and its numbers as a table for who does not see it.</summary>
/// <param name="Plot">What is plotted.</param>
internal sealed record PlotPart(Plot Plot) : ReportPart
{
    /// <summary>The picture's size in its own units, wide enough to be read at half a phone's width, and the room around its field.</summary>
    private const double Width = 480, Height = 300, Left = 62, Right = 14, Top = 10, Bottom = 44;

    /// <summary>Room that a digit of a tick's label takes.</summary>
    private const double Digit = 8;

    private const int Colours = 8, MostRows = 200;

    private readonly Axis across = Axis.Of(Plot.Series.SelectMany(series => series.X), Plot.LogX);
    private readonly Axis up = Axis.Of(Plot.Series.SelectMany(series => series.Y), Plot.LogY);

    public override void Write(HtmlWriter html)
    {
        using var figure = html.Open("figure");
        html.Text("figcaption", Plot.Title);
        using (html.Open("svg", ("viewBox", $"0 0 {Text(Width)} {Text(Height)}"), ("role", "img"), ("aria-label", $"{Plot.Title}: {string.Join(", ", Plot.Series.Select(series => series.Name))}")))
        {
            WriteAxes(html);
            for (int number = 0; number < Plot.Series.Length; number++)
                WriteSeries(html, Plot.Series[number], number);
        }
        WriteLegend(html);
        WriteNumbers(html);
    }

    private void WriteAxes(HtmlWriter html)
    {
        foreach (double tick in across.Ticks())
        {
            string x = Text(X(tick));
            html.Empty("path", ("class", "axis"), ("d", $"M{x} {Text(Top)}V{Text(Height - Bottom)}"));
            // A long label of the last tick would leave the picture.
            bool isAtEdge = X(tick) + (Digit * Tick(tick).Length / 2) > Width;
            html.Text("text", Tick(tick), ("class", "tick x"), ("x", x), ("dx", Text(isAtEdge ? Width - X(tick) : 0)), ("y", Text(Height - Bottom + 17)), ("text-anchor", isAtEdge ? "end" : "middle"));
        }
        foreach (double tick in up.Ticks())
        {
            string y = Text(Y(tick));
            html.Empty("path", ("class", "axis"), ("d", $"M{Text(Left)} {y}H{Text(Width - Right)}"));
            html.Text("text", Tick(tick), ("class", "tick y"), ("x", Text(Left - 6)), ("y", y), ("text-anchor", "end"), ("dominant-baseline", "middle"));
        }
        html.Text("text", Plot.XLabel, ("x", Text((Left + Width - Right) / 2)), ("y", Text(Height - 8)), ("text-anchor", "middle"));
        html.Text("text", Plot.YLabel, ("transform", $"translate(13 {Text((Top + Height - Bottom) / 2)}) rotate(-90)"), ("text-anchor", "middle"));
    }

    private void WriteSeries(HtmlWriter html, Series series, int number)
    {
        var path = new StringBuilder();
        bool isDrawing = false;
        for (int i = 0; i < series.X.Length; i++)
        {
            if (!Axis.IsShown(series.X[i], Plot.LogX) || !Axis.IsShown(series.Y[i], Plot.LogY))
            {
                isDrawing = false;
                continue;
            }
            string place = $"{Text(X(series.X[i]))} {Text(Y(series.Y[i]))}";
            bool isAlone = series.IsPoints || (!isDrawing && !IsFollowed(series, i));
            path.Append(isAlone ? $"M{place}m-2 0a2 2 0 1 0 4 0a2 2 0 1 0 -4 0" : $"{(isDrawing ? 'L' : 'M')}{place}");
            isDrawing = !isAlone;
        }
        html.Empty("path", ("class", $"series {Style(number)}"), ("d", path.ToString()));
    }

    /// <summary>Whether a line goes on from a point; one between gaps would not be seen.</summary>
    private bool IsFollowed(Series series, int point) =>
        point + 1 < series.X.Length && Axis.IsShown(series.X[point + 1], Plot.LogX) && Axis.IsShown(series.Y[point + 1], Plot.LogY);

    private void WriteLegend(HtmlWriter html)
    {
        using var legend = html.Open("ul", ("class", "legend"));
        for (int number = 0; number < Plot.Series.Length; number++)
        {
            using var item = html.Open("li");
            using (html.Open("svg", ("viewBox", "0 0 36 10"), ("aria-hidden", "true")))
                html.Empty("path", ("class", $"series {Style(number)}"), ("d", "M0 5H36"));
            html.Say(Plot.Series[number].Name);
        }
    }

    private void WriteNumbers(HtmlWriter html)
    {
        using var details = html.Open("details");
        html.Text("summary", "Numbers");
        int rows = 0;
        using (html.OpenWide(Plot.Title))
        using (html.Open("table"))
        {
            using (html.Open("tr"))
            {
                foreach (string name in (string[])["curve", Plot.XLabel.Length > 0 ? Plot.XLabel : "x", Plot.YLabel.Length > 0 ? Plot.YLabel : "y"])
                    html.Text("th", name, ("scope", "col"));
            }
            foreach ((Series series, int i) in Plot.Series.SelectMany(series => series.X.Select((_, i) => (series, i))).Take(MostRows))
            {
                using var row = html.Open("tr");
                html.Text("td", series.Name);
                html.Text("td", Short(series.X[i]), ("class", "number"));
                html.Text("td", Short(series.Y[i]), ("class", "number"));
                rows++;
            }
        }
        int all = Plot.Series.Sum(series => series.X.Length);
        if (rows < all)
            html.Text("p", FormattableString.Invariant($"The first {rows} of {all} points."), ("class", "soft"));
    }

    /// <summary>Colours, and where they come again, dashes: neither alone tells more than eight curves apart.</summary>
    private static string Style(int number) => $"s{number % Colours} dash{number / 2 % 4}";

    private double X(double value) => Left + (across.Place(value) * (Width - Left - Right));

    private double Y(double value) => Height - Bottom - (up.Place(value) * (Height - Top - Bottom));

    private static string Text(double place) => Math.Round(place, 2).ToString(CultureInfo.InvariantCulture);

    /// <summary>A number beside an axis, where there is room for five digits.</summary>
    private static string Tick(double value) => Math.Abs(value) >= 1e5 ? value.ToString("0.###e0", CultureInfo.InvariantCulture) : Short(value);

    private static string Short(double value) => value == 0 ? "0" : value.ToString(Math.Abs(value) is >= 1e-4 and < 1e6 ? "0.######" : "0.###e0", CultureInfo.InvariantCulture);
}
