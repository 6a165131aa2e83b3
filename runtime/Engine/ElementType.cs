using System.ComponentModel;

namespace NetGen.Engine;

/// <summary>The type of a program's numbers.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum ElementType
{
    /// <summary>32-bit floating point, IEEE 754.</summary>
    Float32,
}
