namespace NetGen.Reports;

/// <summary>A paragraph.</summary>
/// <param name="Content">What it says.</param>
internal sealed record TextPart(string Content) : ReportPart
{
    public override void Write(HtmlWriter html) => html.Text("p", Content);
}
