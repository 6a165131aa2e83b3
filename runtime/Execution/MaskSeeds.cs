using NetGen.Engine;

namespace NetGen;

/// <summary>Where the seeds of a step's dropout masks come from.</summary>
/// <param name="Random">The stream.</param>
/// <param name="Step">Number of the step, from 0.</param>
internal readonly record struct MaskSeeds(CounterRandom Random, int Step)
{
    /// <summary>The seed of a part of the step's batch, which is one of its own for every part of every step.</summary>
    public uint OfPart(int part) => (uint)Random.Bits((ulong)Step + ((ulong)part << 32));
}
