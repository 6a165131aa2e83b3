using NetGen.Generator.Cpu.Planning;

namespace NetGen.Tests.Planning;

/// <summary>A wrong memory plan of a training pass.</summary>
/// <param name="Description">What is wrong.</param>
/// <param name="Memory">The plan.</param>
internal sealed record PlantedMistake(string Description, MemoryPlan Memory)
{
    /// <summary>Every life that ends with the step that begins it, though another reads the buffer later.</summary>
    public static IEnumerable<PlantedMistake> LivesCutShort(PassPlan plan)
    {
        Dictionary<string, int> lastReads = LastReads(plan);
        // What the caller writes begins between two calls, where no step is.
        foreach (MemoryPlan.Life life in plan.Memory.Lives.Values.Where(life =>
            life.Buffer.Memory != plan.GradientRows.Memory && plan.FurtherOutputs.All(output => output.GradientRows.Memory != life.Buffer.Memory)
            && lastReads.TryGetValue(life.Buffer.Memory, out int read) && read > life.First))
        {
            var lives = plan.Memory.Lives.ToDictionary(one => one.Key, one => one.Value);
            lives[life.Buffer.Memory] = life with { Last = life.First };
            yield return new($"{life.Buffer.Memory} is needed until {lastReads[life.Buffer.Memory]} and is given up after {life.First}", plan.Memory with { Lives = lives });
        }
    }

    /// <summary>Every two buffers in the same memory of which the second is written before a step has read the first for the last time.</summary>
    public static IEnumerable<PlantedMistake> MemorySharedTooEarly(PassPlan plan)
    {
        Dictionary<string, int> lastReads = LastReads(plan);
        foreach (MemoryPlan.Life first in plan.Memory.Lives.Values.Where(life => lastReads.ContainsKey(life.Buffer.Memory)))
        {
            int offset = plan.Memory.Offsets[first.Buffer.Memory], end = first.Buffer.IsPerSample ? plan.Memory.SampleFloats : plan.Memory.FixedFloats;
            IEnumerable<MemoryPlan.Life> seconds = plan.Memory.Lives.Values.Where(life =>
                life.Buffer.IsPerSample == first.Buffer.IsPerSample && life.First > first.First && life.First <= lastReads[first.Buffer.Memory]
                && lastReads.ContainsKey(life.Buffer.Memory) && offset + life.Buffer.Floats <= end);
            foreach (MemoryPlan.Life second in seconds)
            {
                var offsets = plan.Memory.Offsets.ToDictionary(one => one.Key, one => one.Value);
                offsets[second.Buffer.Memory] = offset;
                yield return new($"{second.Buffer.Memory} lies where {first.Buffer.Memory} is", plan.Memory with { Offsets = offsets });
            }
        }
    }

    /// <summary>The last moment at which a step reads each buffer: not for those that only the caller reads.</summary>
    private static Dictionary<string, int> LastReads(PassPlan plan)
    {
        bool isShared = plan.IsShared;
        var reads = new Dictionary<string, int>();
        var now = 0;
        Note(plan.Forward);
        now++;
        Note(plan.Backward);
        Note(plan.InputGradient);
        return reads;

        void Note(IReadOnlyList<Step> steps)
        {
            for (var i = 0; i < steps.Count; i++)
            {
                if (!isShared || steps[i].Waits || i == 0)
                    now++;
                foreach (Argument argument in steps[i].Arguments.Where(argument => argument.Access != Access.Write && argument.Buffer.Space == Space.Arena))
                    reads[argument.Buffer.Memory] = now;
            }
        }
    }
}
