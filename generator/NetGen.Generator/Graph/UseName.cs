using System.Globalization;

namespace NetGen.Generator.Graph;

/// <summary>
/// What a use of a block is called: <c>layer1</c>, or where it has numbers <c>layer1.0</c>, <c>layer1.1</c>. A <c>#</c> says where the number goes:
/// <c>denselayer#</c> is denselayer0, denselayer1.
/// </summary>
/// <param name="Text">What <c>As</c> says, or the automatic name.</param>
/// <param name="IsNumbered">Whether its repetitions have numbers.</param>
internal readonly record struct UseName(string Text, bool IsNumbered)
{
    private const char Number = '#';

    /// <summary>Whether a name says where a number goes.</summary>
    public static bool HasPlace(string? name) => name?.IndexOf(Number) >= 0;

    /// <summary>What the whole use is called, so that others can take its output: what stands before the number; empty: nothing does.</summary>
    public string Whole => Text.Split(Number)[0].TrimEnd('.');

    /// <summary>What a repetition is called.</summary>
    public string Of(long number) => !IsNumbered ? Text
        : string.Join(number.ToString(CultureInfo.InvariantCulture), (HasPlace(Text) ? Text : $"{Text}.{Number}").Split(Number));

    /// <summary>What an automatic name begins with: the class's name in lower case, as far as names of layers can have its letters.</summary>
    public static string PrefixOf(string block)
    {
        string name = string.Concat(block.Where(character => LayerNames.IsName(character.ToString()))).ToLowerInvariant();
        return name.Length == 0 ? "block" : name;
    }
}
