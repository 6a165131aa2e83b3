using NetGen.Engine;

namespace NetGen.Tests.Numerics;

/// <summary>A training pass over guarded memory, in whichever of the two ways the program works.</summary>
internal sealed class GuardedPass : ITestPass
{
    private const int Group = 16;
    private readonly NetworkProgram program;
    private readonly NetworkDefinition definition;
    private readonly GuardedBuffer parameters;
    private readonly GuardedBuffer gradients;
    private readonly GuardedBuffer[] arenas;
    private readonly GuardedBuffer[] scratch;
    private readonly GuardedBuffer inputs;
    private readonly int threads;
    private readonly int capacity;
    private int count;
    private bool training;
    private int lastBackward;

    public GuardedPass(NetworkProgram program, GuardedBuffer parameters, int batch, int threads)
    {
        this.program = program;
        this.parameters = parameters;
        this.threads = threads;
        definition = program.Definition;
        int rounded = (batch + Group - 1) / Group * Group;
        capacity = IsGrouped ? Group : rounded;
        arenas = [.. Enumerable.Range(0, IsGrouped ? rounded / Group : 1).Select(_ => new GuardedBuffer(definition.Arena.For(capacity)))];
        scratch = [.. Enumerable.Range(0, threads).Select(_ => new GuardedBuffer(definition.WorkerScratch).Poison())];
        gradients = new GuardedBuffer(definition.TrainableFloats);
        inputs = new GuardedBuffer((nint)batch * definition.InputShape.Size, misalignment: 7);
    }

    private bool IsGrouped => definition.GroupSize != 0;

    public float[] Forward(float[] inputs, bool training)
    {
        this.training = training;
        this.inputs.Poison();
        inputs.CopyTo(this.inputs.Span);
        count = inputs.Length / definition.InputShape.Size;
        Run("Forward", (in StepContext step) => program.Forward(step));
        return Output(0);
    }

    public float[] Output(int output)
    {
        OutputDefinition place = definition.Outputs[output];
        return Collect(definition.ShapeOf(output).Size, (arena, n, i) => arena.At(place.Rows.For(capacity) + (nint)n * place.Stride + i));
    }

    public void BackwardFromOutputs(IReadOnlyList<float[]> gradients)
    {
        for (var output = 0; output < gradients.Count; output++)
        {
            OutputDefinition place = definition.Outputs[output];
            int size = definition.ShapeOf(output).Size;
            for (var n = 0; n < count; n++)
            {
                (GuardedBuffer arena, int row) = IsGrouped ? (arenas[n / Group], n % Group) : (arenas[0], n);
                for (var i = 0; i < size; i++)
                    arena.At(place.Gradient.For(capacity) + (nint)row * place.Stride + i) = gradients[output][n * size + i];
            }
        }
        Backward(definition.AllOutputs);
    }

    public float[] Activation(int layer)
    {
        ActivationDefinition place = definition.Activations[layer];
        if (!place.IsStored)
            Run("Materialize", (in StepContext step) => program.Materialize(step, layer));
        return Collect(place.Shape.Size, (arena, n, i) => arena.At(Place(place.Value, place.ValueLayout, n, i)));
    }

    public void BackwardFrom(int layer, float[] gradient)
    {
        ActivationDefinition place = definition.Activations[layer];
        bool isLast = layer == definition.MainOutput.Node;
        int size = place.Shape.Size;
        // Where samples lie side by side, those that are not there have no gradient.
        int places = isLast ? count : IsGrouped ? (count + Group - 1) / Group * Group : place.GroupStep > 0 ? capacity : count;
        for (var n = 0; n < places; n++)
        {
            (GuardedBuffer arena, int row) = IsGrouped ? (arenas[n / Group], n % Group) : (arenas[0], n);
            for (var i = 0; i < size; i++)
            {
                nint at = isLast
                    ? definition.MainOutput.Gradient.For(capacity) + (nint)row * definition.MainOutput.Stride + i
                    : Place(place.Gradient, place.GradientLayout ?? place.ValueLayout, row, i);
                arena.At(at) = n < count ? gradient[n * size + i] : 0;
            }
        }
        Backward(layer);
    }

    private void Backward(int start)
    {
        if (IsGrouped || start != definition.AllOutputs)
            gradients.Span.Clear();
        else
            gradients.Poison();
        lastBackward = start;
        Run("Backward", (in StepContext step) => program.Backward(step, start));
    }

    public float[] Gradient(string parameter) => new GuardedNetwork(program).Read(gradients, parameter);

    public float[] InputGradient()
    {
        // It comes after the backward pass, when the parameters' gradients may have been clipped, cleared or used up.
        float[] kept = gradients.Span.ToArray();
        gradients.Poison();
        Run("InputGradient", (in StepContext step) => program.InputGradient(step, lastBackward));
        kept.CopyTo(gradients.Span);
        ActivationDefinition place = definition.InputGradient;
        return Collect(definition.InputShape.Size, (arena, n, i) => arena.At(Place(place.Gradient, place.ValueLayout, n, i)));
    }

    public void Dispose()
    {
    }

    private delegate void Call(in StepContext step);

    private nint Place(Place start, ActivationLayout layout, int sample, int index)
    {
        (int group, int within) = layout.GroupStep > 0 ? (sample / Group, sample % Group) : (0, sample);
        return start.For(capacity) + (nint)group * layout.GroupStep + (nint)within * layout.SampleStep + GuardedNetwork.Offset(layout.Layout, index);
    }

    private float[] Collect(int size, Func<GuardedBuffer, int, int, float> read)
    {
        var values = new float[count * size];
        for (var n = 0; n < count; n++)
        {
            for (var i = 0; i < size; i++)
                values[n * size + i] = IsGrouped ? read(arenas[n / Group], n % Group, i) : read(arenas[0], n, i);
        }
        return values;
    }

    private void Run(string what, Call call)
    {
        if (IsGrouped)
        {
            for (var first = 0; first < count; first += Group)
                Invoke(call, arenas[first / Group], first, Math.Min(Group, count - first), Team.Alone);
        }
        else
        {
            var barrier = new SpinBarrier(threads);
            var failures = new Exception?[threads];
            Thread[] others = [.. Enumerable.Range(0, threads).Select(worker => new Thread(() =>
            {
                try
                {
                    Invoke(call, arenas[0], 0, count, new Team(worker, threads, barrier));
                }
                catch (Exception exception)
                {
                    failures[worker] = exception;
                    barrier.Break();
                }
            }))];
            Array.ForEach(others, thread => thread.Start());
            Array.ForEach(others, thread => thread.Join());
            if (failures.OfType<Exception>().FirstOrDefault(one => one is not BrokenBarrierException) is { } failure)
                throw new InvalidOperationException($"{what} failed on a worker.", failure);
        }
        parameters.Check($"parameters after {what}");
        gradients.Check($"gradients after {what}");
        inputs.Check($"inputs after {what}");
        foreach (GuardedBuffer arena in arenas)
            arena.Check($"arena after {what}");
        foreach (GuardedBuffer buffer in scratch)
            buffer.Check($"scratch after {what}");
    }

    private void Invoke(Call call, GuardedBuffer arena, int first, int samples, Team team)
    {
        var step = new StepContext
        {
            Inputs = ref inputs.At((nint)first * definition.InputShape.Size),
            Parameters = ref parameters.Start,
            Gradients = ref gradients.Start,
            Arena = ref arena.Start,
            Count = samples,
            Capacity = capacity,
            FirstSample = first,
            Seed = 12345,
            Training = training,
            Batches = new long[definition.Counters.Length],
            Scratch = ref scratch[team.Worker].Start,
            Team = team,
        };
        call(step);
    }
}
