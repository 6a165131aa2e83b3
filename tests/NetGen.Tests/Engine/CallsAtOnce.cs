namespace NetGen.Tests.Engine;

/// <summary>Calls from several threads at the same time.</summary>
internal static class CallsAtOnce
{
    private const int CallsOfEach = 3000;

    /// <summary>Fails unless every call on every thread writes what a call alone writes.</summary>
    /// <param name="threads">How many.</param>
    /// <param name="expected">What a call alone writes.</param>
    /// <param name="call">Writes to its argument.</param>
    public static void ShouldGive(int threads, float[] expected, Action<float[]> call)
    {
        var wrong = 0;
        Thread[] callers = [.. Enumerable.Range(0, threads).Select(_ => new Thread(() =>
        {
            var outputs = new float[expected.Length];
            for (var i = 0; i < CallsOfEach; i++)
            {
                outputs.AsSpan().Clear();
                call(outputs);
                if (!outputs.AsSpan().SequenceEqual(expected))
                    Interlocked.Increment(ref wrong);
            }
        }))];
        Array.ForEach(callers, caller => caller.Start());
        Array.ForEach(callers, caller => caller.Join());
        wrong.ShouldBe(0);
    }
}
