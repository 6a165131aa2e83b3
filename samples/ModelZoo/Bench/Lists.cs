using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics.CodeAnalysis;

namespace ModelZoo.Bench;

/// <summary>Reads a value from its text, as <c>ulong.TryParse</c> does.</summary>
internal delegate bool TryParse<T>(string text, [MaybeNullWhen(false)] out T value);

/// <summary>Options that several commands have: lists with commas between their values, numbers above 0.</summary>
internal static class Lists
{
    /// <summary>Some of a few, by what they are called.</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="description">Its help.</param>
    /// <param name="all">What is there.</param>
    /// <param name="fallback">Those taken where the option is not given; all where left out.</param>
    public static Option<ImmutableArray<T>> OneOf<T>(string name, string description, ImmutableArray<T> all, ImmutableArray<T>? fallback = null) where T : class =>
        Of(
            name, description, fallback ?? all, (text, out found) => (found = all.FirstOrDefault(each => each.ToString() == text)!) is not null,
            string.Join(", ", all));

    /// <summary>A whole number above 0.</summary>
    public static Option<int> AtLeastOne(string name, string description, int fallback)
    {
        var option = new Option<int>(name) { Description = $"{description}, at least 1.", DefaultValueFactory = _ => fallback };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
                result.AddError($"{name} takes a number of at least 1.");
        });
        return option;
    }

    /// <summary>A list.</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="description">Its help.</param>
    /// <param name="fallback">What it is where it is not given.</param>
    /// <param name="parse">A value from its text.</param>
    /// <param name="known">What is allowed, for messages.</param>
    public static Option<ImmutableArray<T>> Of<T>(
        string name, string description, ImmutableArray<T> fallback, TryParse<T> parse, string known) => new(name)
        {
            Description = $"{description} Separated by commas. Default: {string.Join(',', fallback)}.",
            HelpName = "a,b",
            DefaultValueFactory = _ => fallback,
            CustomParser = result =>
            {
                ImmutableArray<T>.Builder values = ImmutableArray.CreateBuilder<T>();
                foreach (string text in result.Tokens[^1].Value.Split(','))
                {
                    if (parse(text, out T? value))
                        values.Add(value);
                    else
                        result.AddError($"{name} takes {known}; '{text}' is given.");
                }
                return values.ToImmutable();
            },
        };
}
