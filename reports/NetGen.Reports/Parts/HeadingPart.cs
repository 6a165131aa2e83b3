namespace NetGen.Reports;

/// <summary>Begins a section, which the page's list of contents names.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="Id">What it is called in links.</param>
internal sealed record HeadingPart(string Title, string Id) : ReportPart
{
    public override void Write(HtmlWriter html) => html.Text("h2", Title, ("id", Id));
}
