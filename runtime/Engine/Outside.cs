using System.ComponentModel;

namespace NetGen.Engine;

/// <summary>What is outside of a volume.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum Outside
{
    /// <summary>Zeros.</summary>
    Zeros,

    /// <summary>The volume mirrored at its outermost pixels.</summary>
    Reflect,

    /// <summary>The outermost pixel again.</summary>
    Replicate,

    /// <summary>The other side of the volume.</summary>
    Circular,
}

/// <summary>Which of so many places a place is.</summary>
internal static class OutsideExtensions
{
    /// <summary>The place that stands at a place, at most once around; -1: none, but zeros.</summary>
    public static int Place(this Outside outside, int place, int count) => (uint)place < (uint)count ? place : outside switch
    {
        Outside.Reflect => place < 0 ? -place : (2 * (count - 1)) - place,
        Outside.Replicate => place < 0 ? 0 : count - 1,
        Outside.Circular => place < 0 ? place + count : place - count,
        _ => -1,
    };
}
