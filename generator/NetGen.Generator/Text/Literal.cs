using System.Globalization;

namespace NetGen.Generator.Text;

/// <summary>Numbers as C# writes them, the same on every framework that a compiler runs on.</summary>
internal static class Literal
{
    /// <summary>A whole number.</summary>
    public static string Of(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The shortest decimal number that is read as this float: <c>0.1f</c>. The framework's own shortest one differs between frameworks.</summary>
    public static string Of(float value)
    {
        string text = "";
        for (var digits = 1; digits <= 9; digits++)
        {
            text = value.ToString("G" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            if (float.Parse(text, CultureInfo.InvariantCulture) == value)
                break;
        }
        return text + "f";
    }
}
