namespace NetGen.Engine;

/// <summary>Thrown to those who wait at a <see cref="SpinBarrier"/> for a participant that has failed: a consequence, never the cause.</summary>
internal sealed class BrokenBarrierException() : InvalidOperationException("Another worker failed before the barrier.");
