using System.Globalization;
using NetGen.Generator.Collections;

namespace NetGen.Generator.Diagnostics;

/// <summary>
/// A mistake in a declaration, found without knowing where it stands: the analyzer looks the location up again, so that a moved
/// line changes no model.
/// </summary>
/// <param name="Rule">The rule that is broken.</param>
/// <param name="Texts">What fills the holes of the rule's message.</param>
internal sealed record Problem(Rule Rule, EquatableArray<string> Texts)
{
    /// <summary>The block on whose class it is, by its key; null: the network's.</summary>
    public string? Block { get; init; }

    /// <summary>In a block: which use of it has the mistake, as the end of the message.</summary>
    public string Use { get; init; } = "";

    /// <summary>The attribute at fault, in the order of the source; null: the class or a member of it.</summary>
    public int? Attribute { get; init; }

    /// <summary>The attribute's parameter or property at fault; null: the whole attribute.</summary>
    public string? Argument { get; init; }

    /// <summary>The member of the class at fault, in the order of the source.</summary>
    public int? Member { get; init; }

    /// <summary>What the argument should be, as C#, where that is known.</summary>
    public string? Correction { get; init; }

    /// <summary>What the whole attribute may have been meant to be, as C#, where that is another possibility.</summary>
    public string? Alternative { get; init; }

    /// <summary>What fills the holes of the rule's format.</summary>
    public IEnumerable<string> Holes => Texts.Append(Use);

    /// <summary>The message with its holes filled.</summary>
    public string Message => string.Format(CultureInfo.InvariantCulture, Rule.Format, [.. Holes]);

    /// <summary>A problem whose texts are written in invariant culture.</summary>
    public static Problem Of(Rule rule, params object[] texts) =>
        new(rule, texts.Select(text => Convert.ToString(text, CultureInfo.InvariantCulture)!).ToEquatableArray());

    /// <summary>The same problem, placed at an argument of its layer's attribute.</summary>
    public Problem At(string argument) => this with { Argument = argument };

    /// <summary>The same problem, placed at an element of a <c>params</c> argument, the first argument there is: where it stands alone it has the argument's name.</summary>
    public Problem AtElement(string argument, int element) => At(element == 0 ? argument : FormattableString.Invariant($"#{element}"));

    /// <summary>The same problem with the number that would be right.</summary>
    public Problem Corrected(int value) => this with { Correction = value.ToString(CultureInfo.InvariantCulture) };
}
