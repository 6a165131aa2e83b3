namespace NetGen.Reports;

/// <summary>What may be wider than a phone.</summary>
internal static class WideElement
{
    /// <summary>Opens a region that scrolls by itself, with a keyboard too.</summary>
    public static HtmlWriter.Element OpenWide(this HtmlWriter html, string caption) =>
        html.Open("div", ("class", "wide"), ("tabindex", "0"), ("role", "region"), ("aria-label", caption));
}
