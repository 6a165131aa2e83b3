using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>A layer's numbers: one of the structs of the class <c>Wide</c>.</summary>
/// <param name="Struct">Its name.</param>
/// <param name="Members">What is assigned to its members.</param>
internal sealed record WideNumbers(string Struct, string Members)
{
    /// <summary>The struct with members that have values.</summary>
    public WideNumbers(string @struct, IEnumerable<(string Name, int Value)> members)
        : this(@struct, string.Join(", ", members.Where(m => m.Value != 0).Select(m => $"{m.Name} = {Literal.Of(m.Value)}")))
    {
    }

    /// <summary>The struct's type.</summary>
    public string Type => "Wide." + Struct;

    /// <summary>As an expression.</summary>
    public string Text => $"new {Type} {{ {Members} }}";
}
