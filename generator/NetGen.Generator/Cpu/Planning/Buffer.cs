using NetGen.Generator.Cpu.Kernels;

namespace NetGen.Generator.Cpu.Planning;

/// <summary>Where a buffer lives.</summary>
internal enum Space
{
    Inputs,
    Outputs,
    Parameters,
    Gradients,
    Arena,
}

/// <summary>Memory that steps read or write.</summary>
/// <param name="Name">For comments, and its identity within a pass.</param>
/// <param name="Space">Where it lives.</param>
/// <param name="Floats">Its size: of one sample where <paramref name="IsPerSample"/>.</param>
/// <param name="IsPerSample">One for each sample of the batch, one after the other.</param>
/// <param name="Offset">For parameters and gradients: the place in the flat buffer.</param>
/// <param name="Start">Floats before the first value of a sample: some of the zeros that lie around its image, or channels of other values.</param>
internal sealed record Buffer(string Name, Space Space, int Floats, bool IsPerSample, int Offset = 0, int Start = 0)
{
    /// <summary>What lies in the same memory has this in common: the values of a concatenation's parts lie in those of the whole.</summary>
    public string Memory { get; init; } = Name;
}

/// <summary>Floats between neighbouring samples, channels, rows and columns of an activation.</summary>
internal readonly record struct Steps(int Sample, int Channel, int Row, int Column)
{
    /// <summary>The same where channels are side by side.</summary>
    public PixelSteps Pixels => new(Column, Row, Sample);
}

/// <summary>A buffer as an argument of a kernel.</summary>
internal readonly record struct Argument(Buffer Buffer, Access Access)
{
    public static Argument Read(Buffer buffer) => new(buffer, Access.Read);

    public static Argument Write(Buffer buffer) => new(buffer, Access.Write);

    public static Argument Update(Buffer buffer) => new(buffer, Access.Update);
}

/// <summary>What a kernel does with an argument.</summary>
internal enum Access
{
    Read,

    /// <summary>Overwrites all of it that anyone reads.</summary>
    Write,

    /// <summary>Reads and writes.</summary>
    Update,
}
