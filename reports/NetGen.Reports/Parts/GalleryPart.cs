using System.Collections.Immutable;

namespace NetGen.Reports;

/// <summary>Pictures side by side, as many as a line takes.</summary>
/// <param name="Caption">What they show.</param>
/// <param name="Pictures">Each with what is said under it.</param>
/// <param name="Zoom">Pixels on the page for one of a picture's.</param>
internal sealed record GalleryPart(string Caption, ImmutableArray<(RgbImage Image, string Caption)> Pictures, int Zoom) : ReportPart
{
    public override void Write(HtmlWriter html)
    {
        html.Text("p", Caption, ("class", "soft"));
        using var list = html.Open("ul", ("class", "gallery"));
        foreach ((RgbImage image, string caption) in Pictures)
        {
            using var item = html.Open("li");
            html.Empty("img", ("alt", caption.Length > 0 ? caption : Caption), ("width", HtmlWriter.Number((long)image.Width * Zoom)), ("height", HtmlWriter.Number((long)image.Height * Zoom)),
                ("src", $"data:image/png;base64,{Convert.ToBase64String(image.ToPng())}"));
            html.Say(caption);
        }
    }
}
