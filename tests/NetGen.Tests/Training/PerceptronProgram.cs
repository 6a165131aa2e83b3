using System.Runtime.CompilerServices;
using NetGen.Engine;

namespace NetGen.Tests.Training;

/// <summary>
/// <c>relu(W·x + b)</c> in plain loops, in either of the two ways a program may work, with masks of each step's own where asked for. It allocates nothing. The weight lies transposed and padded,
/// <c>linear1</c>'s output is fused away, and samples of activations lie <c>Padded</c> floats apart (whole batch) or side by side (grouped).
/// </summary>
internal sealed class PerceptronProgram : NetworkProgram
{
    private readonly int inputs;
    private readonly int outputs;
    private readonly int padded;
    private readonly bool grouped;
    private readonly bool masks;

    public PerceptronProgram(int inputs, int outputs, bool grouped, OutputForm form = OutputForm.Raw, bool masks = false)
    {
        this.masks = masks;
        (this.inputs, this.outputs, this.grouped) = (inputs, outputs, grouped);
        padded = (outputs + 15) / 16 * 16;
        int samples = grouped ? 16 : 1, weights = inputs * padded;
        Place At(int block) => grouped ? new Place(block * samples * padded, 0) : new Place(0, block * padded);
        (int step, int feature) = grouped ? (1, 16) : (padded, 1);
        Place input = grouped ? new Place(4 * 16 * padded, 0) : new Place(0, 4 * padded);
        int inputFloats = samples * ((inputs + 15) / 16 * 16);
        var shape = new Shape(outputs);
        float bound = 1 / MathF.Sqrt(inputs);
        Definition = new NetworkDefinition
        {
            Name = "Perceptron",
            InputShape = new Shape(inputs),
            OutputShape = shape,
            OutputForm = form,
            GroupSize = grouped ? 16 : 0,
            Element = ElementType.Float32,
            ParameterBytes = sizeof(float) * (weights + padded + 16),
            TrainableBytes = sizeof(float) * (weights + padded),
            Parameters =
            [
                new ParameterDefinition("linear1.weight", new Shape(outputs, inputs), 0, [new Stride(outputs, 1), new Stride(inputs, padded)], Initialization.Uniform, bound, true),
                new ParameterDefinition("linear1.bias", shape, weights, [new Stride(outputs, 1)], Initialization.Uniform, bound, true),
                new ParameterDefinition("seen", new Shape(1), weights + padded, [new Stride(1, 1)], Initialization.Ones, 0, false),
            ],
            Counters = masks ? ["batches"] : [],
            Activations =
            [
                new ActivationDefinition("linear1", shape, false, At(0), At(1), step, [new Stride(outputs, feature)]),
                new ActivationDefinition("relu1", shape, true, At(2), At(3), grouped ? padded : step, [new Stride(outputs, 1)]),
            ],
            Arena = grouped ? new Place((4 * 16 * padded) + inputFloats, 0) : new Place(0, (4 * padded) + inputFloats),
            Outputs = [new OutputDefinition("relu1", 1, At(2), At(3), padded)],
            InputGradient = new ActivationDefinition("input", new Shape(inputs), true, input, input, inputFloats / samples, [new Stride(inputs, 1)]),
            PredictScratchBytes = sizeof(float) * padded,
            MultiplyAdds = (long)inputs * outputs,
        };
    }

    public override NetworkDefinition Definition { get; }

    /// <summary>What goes wrong in a forward pass of training, if anything: (worker, first sample).</summary>
    public Action<int, int>? OnForward { get; init; }

    public override void Predict(ref float parameters, ref float inputs, ref float outputs, int count, ref float scratch, in Team team)
    {
        for (var n = 0; n < count; n++)
        {
            for (var o = 0; o < this.outputs; o++)
                Unsafe.Add(ref scratch, o) = Sum(ref parameters, ref inputs, n, o);
            for (var o = 0; o < this.outputs; o++)
                Unsafe.Add(ref outputs, (n * this.outputs) + o) = MathF.Max(0, Unsafe.Add(ref scratch, o));
        }
    }

    public override void Forward(in StepContext step)
    {
        OnForward?.Invoke(step.Team.Worker, step.FirstSample);
        // By outputs, not samples: who reads the rows must have met the others.
        step.Team.Share(outputs, 1, out int from, out int to);
        for (var n = 0; n < step.Count; n++)
        {
            for (int o = from; o < to; o++)
                Row(step, Definition.MainOutput.Rows, n, o) = IsMasked(step, n, o) ? 0 : MathF.Max(0, Sum(ref step.Parameters, ref step.Inputs, n, o));
        }
        if (step.Training && step.Team.Worker == 0 && step.FirstSample == 0)
            Unsafe.Add(ref step.Parameters, Definition.TrainableFloats) += 1;
    }

    public override void Backward(in StepContext step, int fromLayer)
    {
        step.Team.Wait();
        step.Team.Share(outputs, 1, out int from, out int to);
        bool adds = grouped || fromLayer == 0;
        for (int o = from; o < to; o++)
        {
            for (var i = 0; i <= inputs; i++)
            {
                float sum = 0;
                for (var n = 0; n < step.Count; n++)
                    sum += Gradient(step, fromLayer, n, o) * (i < inputs ? Unsafe.Add(ref step.Inputs, (n * inputs) + i) : 1);
                ref float gradient = ref Unsafe.Add(ref step.Gradients, (i * padded) + o);
                gradient = (adds ? gradient : 0) + sum;
            }
        }
    }

    public override void InputGradient(in StepContext step, int fromLayer)
    {
        step.Team.Wait();
        if (step.Team.Worker != 0)
            return;
        for (var n = 0; n < step.Count; n++)
        {
            for (var i = 0; i < inputs; i++)
            {
                float sum = 0;
                for (var o = 0; o < outputs; o++)
                    sum += Gradient(step, fromLayer, n, o) * Unsafe.Add(ref step.Parameters, (i * padded) + o);
                ActivationDefinition place = Definition.InputGradient;
                Unsafe.Add(ref step.Arena, place.Gradient.For(step.Capacity) + (n * place.SampleStep) + i) = sum;
            }
        }
    }

    public override void Materialize(in StepContext step, int layer)
    {
        step.Team.Share(outputs, 1, out int from, out int to);
        for (var n = 0; n < step.Count; n++)
        {
            for (int o = from; o < to; o++)
                Fused(step, Definition.Activations[0].Value, n, o) = Sum(ref step.Parameters, ref step.Inputs, n, o);
        }
    }

    /// <summary>An output before the function.</summary>
    public float Sum(ref float parameters, ref float samples, int n, int o)
    {
        float sum = Unsafe.Add(ref parameters, (inputs * padded) + o);
        for (var i = 0; i < inputs; i++)
            sum += Unsafe.Add(ref parameters, (i * padded) + o) * Unsafe.Add(ref samples, (n * inputs) + i);
        return sum;
    }

    /// <summary>As dropout, which depends on the step's seed and the sample's place in the batch; what is 0 has no gradient.</summary>
    private bool IsMasked(in StepContext step, int n, int o) =>
        masks && step.Training && (step.Seed ^ (uint)((step.FirstSample + n) * 2654435761L) ^ (uint)(o * 40503)) % 5 == 0;

    private float Gradient(in StepContext step, int fromLayer, int n, int o) => fromLayer == 0
        ? Fused(step, Definition.Activations[0].Gradient, n, o)
        : Row(step, Definition.MainOutput.Rows, n, o) > 0 ? Row(step, Definition.MainOutput.Gradient, n, o) : 0;

    private ref float Row(in StepContext step, Place place, int n, int o) => ref Unsafe.Add(ref step.Arena, place.For(step.Capacity) + (n * padded) + o);

    private ref float Fused(in StepContext step, Place place, int n, int o) =>
        ref Unsafe.Add(ref step.Arena, place.For(step.Capacity) + (grouped ? n + (o * 16) : (n * padded) + o));
}
