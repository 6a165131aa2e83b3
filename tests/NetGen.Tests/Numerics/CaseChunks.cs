namespace NetGen.Tests.Numerics;

/// <summary>
/// Cases in the portions that they are compiled in: a compilation costs more than a class in it, and all at once would be too late a start. Each set is
/// portioned by itself, so that all who take a set ask for the same images, which are made once (<see cref="Compilation.ImageCache"/>).
/// </summary>
/// <param name="compile">Compiles a portion, in which the cases are the classes Case0, Case1 ….</param>
/// <param name="sets">The cases.</param>
internal sealed class CaseChunks<T>(Func<NetworkCase[], T> compile, params IEnumerable<IReadOnlyList<NetworkCase>> sets)
{
    /// <summary>How many are compiled together.</summary>
    private const int Most = 30;

    private readonly (NetworkCase Case, Lazy<T> Compiled, string Name)[] cases = [.. sets.SelectMany(set => set.Chunk(Most)).SelectMany(chunk =>
    {
        var compiled = new Lazy<T>(() => compile(chunk));
        return chunk.Select((one, number) => (one, compiled, $"Case{number}"));
    })];

    /// <summary>How many there are.</summary>
    public int Count => cases.Length;

    /// <summary>A case, what it is compiled to, and its class there.</summary>
    public (NetworkCase Case, Lazy<T> Compiled, string Name) this[int index] => cases[index];
}
