namespace NetGen.Generator.Diagnostics;

/// <summary>One row of the table of diagnostics.</summary>
/// <param name="Id">For example NG0102.</param>
/// <param name="Title">What the rule is about, in a few words.</param>
/// <param name="Message">A format whose holes <see cref="Problem.Texts"/> fill.</param>
/// <param name="Category">What a list of diagnostics groups by.</param>
/// <param name="IsError">An error that cannot be configured away, or else a warning.</param>
internal sealed record Rule(string Id, string Title, string Message, string Category, bool IsError = true)
{
    /// <summary>The message with a hole at its end, which <see cref="Problem.Use"/> fills.</summary>
    public string Format { get; } = FormattableString.Invariant($"{Message}{{{CountHoles(Message)}}}");

    /// <summary>Holes are numbered from 0, and each number is there.</summary>
    private static int CountHoles(string message)
    {
        var count = 0;
        while (message.Contains(FormattableString.Invariant($"{{{count}}}")))
            count++;
        return count;
    }
}
