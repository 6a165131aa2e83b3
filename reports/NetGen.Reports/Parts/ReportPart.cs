namespace NetGen.Reports;

/// <summary>Something that a page shows.</summary>
internal abstract record ReportPart
{
    /// <summary>Writes it.</summary>
    public abstract void Write(HtmlWriter html);
}
