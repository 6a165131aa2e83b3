using NetGen.Engine;

namespace NetGen;

/// <summary>What an output and its target come to.</summary>
internal interface IElementFormula
{
    /// <summary>Whether an output is right or wrong.</summary>
    static virtual bool Decides => false;

    /// <summary>The losses of some outputs, the first of which is number <paramref name="index"/> of its row, and their derivatives.</summary>
    void At<T>(T output, T target, nint index, out T value, out T slope) where T : struct, ILanes<T>;

    /// <summary>A bit for each output that is right, lane 0 lowest.</summary>
    uint Right<T>(T output, T target) where T : struct, ILanes<T>;
}
