namespace NetGen.Generator.Cpu;

/// <summary>Long sums that keep what rounding takes from them: of each sum the part under way, the whole, and the rest that the whole has no room for.</summary>
internal static class ExactSum
{
    /// <summary>Values that a register adds up before its sum goes to the whole, so that only short chains have rounding errors of their own.</summary>
    public const int Chain = 16;

    /// <summary>Adds a part to a sum and what is lost of it to the rest: z is as much of the part as went into the sum (Knuth's two-sum).</summary>
    public static string AddPart(string v) => $"t = {v} + {v}Part; z = t - {v}; {v}Rest += ({v} - (t - z)) + ({v}Part - z); {v} = t;";
}
