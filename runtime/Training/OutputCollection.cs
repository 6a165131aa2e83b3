using System.Collections;

namespace NetGen;

/// <summary>A pass's outputs, by name or in order, the main one first.</summary>
public sealed class OutputCollection : IReadOnlyList<PassOutput>
{
    private readonly NetworkPass pass;
    private readonly PassOutput[] outputs;

    internal OutputCollection(NetworkPass pass)
    {
        this.pass = pass;
        outputs = [.. pass.Definition.Outputs.Select((_, index) => new PassOutput(pass, index))];
    }

    /// <summary>Number of outputs.</summary>
    public int Count => outputs.Length;

    /// <summary>An output by its place: 0 is the main one.</summary>
    public PassOutput this[int index] => outputs[index];

    /// <summary>An output by its name; the main one's is its layer's.</summary>
    /// <exception cref="ArgumentException">There is no such output; the message lists those there are.</exception>
    public PassOutput this[string name] => Array.Find(outputs, output => output.Name == name)
        ?? throw new ArgumentException($"{pass.Definition.Name} has no output '{name}'. It has {string.Join(", ", outputs.Select(output => output.Name))}.", nameof(name));

    /// <inheritdoc/>
    public IEnumerator<PassOutput> GetEnumerator() => ((IEnumerable<PassOutput>)outputs).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
