using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace MnistSample.Commands;

/// <summary>Options that check what they are given, so that an error names the option and its range.</summary>
internal static class Options
{
    /// <summary>One of a few names.</summary>
    public static Option<string> Choice(string name, string description, string fallback, IEnumerable<string> names)
    {
        var option = new Option<string>(name)
        {
            Description = description,
            HelpName = string.Join('|', names),
            DefaultValueFactory = _ => fallback,
        };
        option.Validators.Add(result =>
        {
            string given = result.GetValueOrDefault<string>() ?? "";
            if (!names.Contains(given))
                result.AddError($"{name} takes {string.Join(", ", names)}; '{given}' is given.");
        });
        return option;
    }

    /// <summary>A whole number of at least some value.</summary>
    public static Option<int> Number(string name, string description, int fallback, int least) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => fallback,
        CustomParser = result => Parse<int>(
            result, name, $"a whole number of at least {least}",
            text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= least
                ? number
                : null),
    };

    /// <summary>A seed.</summary>
    public static Option<ulong> Seed(string name, string description, ulong fallback) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => fallback,
        CustomParser = result => Parse<ulong>(
            result, name, "a whole number of at least 0",
            text => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) ? number : null),
    };

    /// <summary>A learning rate; null where it is not given.</summary>
    public static Option<double?> Rate(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "RATE",
        CustomParser = result => Parse<double>(
            result, name, "a number above 0",
            text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                && number > 0 && float.IsFinite((float)number)
                ? number
                : null),
    };

    /// <summary>A part of a hundred; null where it is not given.</summary>
    public static Option<double?> Percentage(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "PERCENT",
        CustomParser = result => Parse<double>(
            result, name, "a number above 0 and at most 100",
            text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number is > 0 and <= 100
                ? number
                : null),
    };

    /// <summary>Has a subcommand refuse options that stand before it: the root command's of the same names would be read, and then ignored.</summary>
    public static void RefuseThoseBefore(Command command) => command.Validators.Add(result =>
    {
        if (result.Parent is CommandResult root && root.Children.OfType<OptionResult>().FirstOrDefault(option => !option.Implicit) is { } before)
            result.AddError($"{before.Option.Name} stands before '{command.Name}'; its options come after it.");
    });

    private static T Parse<T>(ArgumentResult result, string name, string expected, Func<string, T?> parse) where T : struct
    {
        string given = result.Tokens[^1].Value;
        if (parse(given) is { } value)
            return value;
        result.AddError($"{name} takes {expected}; '{given}' is given.");
        return default;
    }
}
