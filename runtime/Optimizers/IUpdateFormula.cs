using NetGen.Engine;

namespace NetGen;

/// <summary>What an optimizer does to a parameter: <see cref="UpdateLoop"/> does it to all. Its constants are vectors, filled before the loop.</summary>
internal interface IUpdateFormula<T> where T : struct, ILanes<T>
{
    /// <summary>Floats of state for each parameter, 0 to 3.</summary>
    static abstract int StateCount { get; }

    /// <summary>The new values of some parameters. What they have of state is changed in place; states from <see cref="StateCount"/> on are not kept.</summary>
    T Update(T value, T gradient, ref T first, ref T second, ref T third);
}
