using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Methods;

/// <summary>Where something lies in a buffer, in floats, as emitted code computes it: a constant and loop variables times constants.</summary>
internal sealed record Address(int Constant, string Terms)
{
    public static Address Zero { get; } = new(0, "");

    public Address Plus(int constant) => this with { Constant = checked(Constant + constant) };

    /// <summary>Adds <paramref name="variable"/> times <paramref name="step"/>.</summary>
    public Address Plus(string variable, int step) => step switch
    {
        0 => this,
        1 => Append(variable),
        _ => Append(variable + " * " + Literal.Of(step)),
    };

    /// <summary><c>ref x</c> or <c>ref Unsafe.Add(ref x, …)</c>.</summary>
    public string Ref(string buffer) => Ref("Unsafe.Add", buffer);

    /// <summary>The same by another function than <c>Unsafe.Add</c>.</summary>
    public string Ref(string function, string buffer) => IsZero ? $"ref {buffer}" : $"ref {function}(ref {buffer}, {this})";

    /// <summary>The float at a constant offset: <c>x</c> or <c>Unsafe.Add(ref x, 3)</c>.</summary>
    public static string At(string buffer, int offset) => offset == 0 ? buffer : $"Unsafe.Add(ref {buffer}, {Literal.Of(offset)})";

    public override string ToString() => (Terms, Constant) switch
    {
        ("", _) => Literal.Of(Constant),
        (_, 0) => Terms,
        (_, < 0) => $"{Terms} - {Literal.Of(-Constant)}",
        _ => $"{Terms} + {Literal.Of(Constant)}",
    };

    /// <summary>At the buffer's first float.</summary>
    public bool IsZero => Constant == 0 && Terms.Length == 0;

    private Address Append(string term) => this with { Terms = Terms.Length == 0 ? term : Terms + " + " + term };
}
