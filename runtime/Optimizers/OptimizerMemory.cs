using System.Collections.Immutable;
using NetGen.Engine;

namespace NetGen;

/// <summary>What an optimizer holds for the network that it trains.</summary>
/// <param name="Network">What is trained.</param>
/// <param name="State">The optimizer's own floats for each parameter, one buffer after the other.</param>
/// <param name="StateCount">How many for each.</param>
/// <param name="Segments">Parameters that are updated alike.</param>
/// <param name="Squares">Room for the sum of each piece's squared gradients; empty where their norm is not asked for.</param>
internal sealed record OptimizerMemory(
    NetworkState Network, AlignedBuffer State, int StateCount, ImmutableArray<ParameterSegment> Segments, double[] Squares)
{
    /// <summary>Floats of a buffer of state.</summary>
    public int Floats => Network.Definition.TrainableFloats;

    /// <summary>The segment in which a float lies.</summary>
    public int SegmentOf(int at)
    {
        int low = 0, high = Segments.Length - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (at < Segments[middle].To)
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }
}
