using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Operations;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>Writes the driver of a convolution in groups: it calls that of one group for each, whose channels are a slice of every pixel's.</summary>
internal static class GroupDriver
{
    /// <summary>The driver; its pieces are those of the first group, then those of the second.</summary>
    /// <param name="c">The convolution.</param>
    /// <param name="one">The driver of a group.</param>
    /// <param name="name">Its method.</param>
    public static WideDriver Write(WideContraction c, WideDriver one, string name)
    {
        WidePieces pieces = one.Pieces with { Panels = checked(one.Pieces.Panels * c.Groups) };
        var w = new SourceWriter();
        w.Line($"nint each = {one.Pieces.Text};");
        using (w.Open("for (nint group = from / each; group * each < to; group++)"))
            w.Line($"{name}({string.Join(", ", one.Parameters.Split(',').Select(parameter => Argument(c, parameter.Trim().Split(' '))))});");
        return new WideDriver(
            $"{Literal.Of(c.Groups)} groups, each {c.Convolution.Description}: pieces are {pieces.Text}.", one.Parameters, w.ToString().TrimEnd('\n'), pieces, one.Halo, one.Scratch, one.Needs);
    }

    /// <summary>What a group's driver gets for a parameter, given by its words: type and name.</summary>
    private static string Argument(WideContraction c, string[] words) => words[words.Length - 1] switch
    {
        "from" => "Math.Max(from - (group * each), 0)",
        "to" => "Math.Min(to - (group * each), each)",
        "x" or "dx" => Address.Zero.Plus("group", c.Convolution.In).Ref(words[2]),
        "y" or "dy" => Address.Zero.Plus("group", c.Convolution.Out).Ref(words[2]),
        "bias" or "other" => Address.Zero.Plus("group", c.Target == Target.Input ? c.Convolution.In : c.Convolution.Out).Ref(words[2]),
        "w" or "dw" => Address.Zero.Plus("group", c.Convolution.WeightFloats).Ref(words[2]),
        "scratch" => "ref scratch",
        string other => other,
    };
}
