namespace NetGen.Generator.Diagnostics;

/// <summary>One row of the table of diagnostics.</summary>
/// <param name="Id">For example NG0102.</param>
/// <param name="Title">What the rule is about, in a few words.</param>
/// <param name="Message">A format whose holes <see cref="Problem.Texts"/> fill.</param>
/// <param name="Category">What a list of diagnostics groups by.</param>
/// <param name="IsError">An error that cannot be configured away, or else a warning.</param>
internal sealed record Rule(string Id, string Title, string Message, string Category, bool IsError = true);
