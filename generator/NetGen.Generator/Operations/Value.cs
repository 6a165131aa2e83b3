using NetGen.Generator.Shapes;

namespace NetGen.Generator.Operations;

/// <summary>What operations read and write: a name, a shape and what it is for. Where and how it lies in memory is each target's to choose.</summary>
/// <param name="Id">Its number among the program's values.</param>
/// <param name="Name">For files, members and comments: <c>conv1</c>, <c>conv1.weight</c>, <c>conv1:gradient</c>. No layer's name has a colon.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Shape">Of one sample; of the whole for parameters and statistics.</param>
internal sealed record Value(int Id, string Name, ValueKind Kind, TensorShape Shape)
{
    /// <summary>For parameters, buffers and their gradients: how the layer declares them.</summary>
    public ParameterSpec? Parameter { get; init; }

    /// <summary>The value whose memory this is, seen with another shape or made in place; -1: none.</summary>
    public int Alias { get; init; } = -1;

    /// <summary>For gradients: the value they are of; -1 elsewhere.</summary>
    public int GradientOf { get; init; } = -1;

    /// <summary>For gradients of a parameter: what one of several layers with that parameter adds to its gradient.</summary>
    public bool IsAddend { get; init; }

    /// <summary>For prepared weights: the parameter that they are made of and lie like; -1 elsewhere.</summary>
    public int PreparedFrom { get; init; } = -1;

    /// <summary>The name of a value that belongs to another: of what <paramref name="purpose"/> says.</summary>
    public static string NameOf(string owner, string purpose) => purpose.Length == 0 ? owner : owner + ":" + purpose;
}

/// <summary>What a value is for.</summary>
internal enum ValueKind
{
    /// <summary>The samples.</summary>
    Input,

    /// <summary>What training changes.</summary>
    Parameter,

    /// <summary>What has no gradient: running statistics, which the forward pass in training changes, and parameters of frozen layers.</summary>
    Buffer,

    /// <summary>Made of parameters and buffers whenever those have changed, for inference.</summary>
    Prepared,

    /// <summary>An output of an operation, one for each sample.</summary>
    Activation,

    /// <summary>What a pass works out for all samples together, and only needs itself.</summary>
    Statistics,

    /// <summary>The gradient of an activation or of the input.</summary>
    Gradient,

    /// <summary>The gradient of a parameter.</summary>
    ParameterGradient,
}
