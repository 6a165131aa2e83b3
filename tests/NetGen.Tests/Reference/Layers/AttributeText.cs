namespace NetGen.Tests.Reference.Layers;

/// <summary>How windows are written in attributes.</summary>
internal static class AttributeText
{
    /// <summary>Kernel, stride, padding by numbers or a rule, and dilation, leaving out what the attribute has as its default; arrays where one of them is not square.</summary>
    public static string Window(Pair kernel, Pair stride, Pair defaultStride, Pair padding, Pair apart, Pair? after, string? rule)
    {
        bool square = kernel.IsSquare && stride.IsSquare && padding.IsSquare && apart.IsSquare && after is null;
        string Text(Pair pair) => square ? $"{pair.Height}" : $"[{pair.Height}, {pair.Width}]";
        string[] arguments =
        [
            Text(kernel),
            .. stride == defaultStride ? [] : new[] { $"stride: {Text(stride)}" },
            .. rule is not null ? [$"padding: {(square ? $"Padding.{rule}" : $"[Padding.{rule}, Padding.{rule}]")}"]
                : after is { } behind ? [$"padding: [{padding.Width}, {behind.Width}, {padding.Height}, {behind.Height}]"]
                : padding == new Pair(0) ? [] : new[] { $"padding: {Text(padding)}" },
            .. apart == new Pair(1) ? [] : new[] { $"dilation: {Text(apart)}" },
        ];
        return string.Join(", ", arguments);
    }

    /// <summary>A kind with its arguments and those options that are not the defaults.</summary>
    public static string WithOptions(string kind, IEnumerable<string> arguments, params string?[] options)
    {
        string[] all = [.. arguments, .. options.OfType<string>()];
        return all is [] ? kind : $"{kind}({string.Join(", ", all)})";
    }
}
