namespace NetGen;

/// <summary>Which connections of a weight are counted.</summary>
public enum Fan
{
    /// <summary>Those that go into an output: activations keep their size on the way forward.</summary>
    In,

    /// <summary>Those that go out of an input: gradients keep their size on the way back.</summary>
    Out,
}
