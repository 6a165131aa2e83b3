using System.Runtime.CompilerServices;
using NetGen.Engine;

namespace NetGen.Tests.Training;

/// <summary>
/// <c>W·x + b</c> in plain loops over groups of 16 samples, with nothing after it, and any claim about what the outputs are: a loss believes what
/// the definition says.
/// </summary>
internal sealed class LinearProgram : NetworkProgram
{
    private readonly int inputs;
    private readonly int outputs;
    private readonly int padded;

    public LinearProgram(int inputs, int outputs, OutputForm form = OutputForm.Raw, Shape? outputShape = null)
    {
        (this.inputs, this.outputs, padded) = (inputs, outputs, (outputs + 15) / 16 * 16);
        Shape shape = outputShape ?? new Shape(outputs);
        var weight = new ParameterDefinition(
            "linear1.weight", new Shape(outputs, inputs), 0, [new Stride(outputs, 1), new Stride(inputs, padded)], Initialization.Uniform, 0.5f, true);
        var rows = new Place(0, 0);
        Definition = new NetworkDefinition
        {
            Name = "Line",
            InputShape = new Shape(inputs),
            OutputShape = shape,
            OutputForm = form,
            GroupSize = 16,
            Element = ElementType.Float32,
            ParameterBytes = sizeof(float) * ((inputs + 1) * padded),
            TrainableBytes = sizeof(float) * ((inputs + 1) * padded),
            Parameters = [weight, new ParameterDefinition("linear1.bias", new Shape(outputs), inputs * padded, [new Stride(outputs, 1)], Initialization.Zeros, 0, true)],
            Activations = [new ActivationDefinition("linear1", shape, true, rows, new Place(16 * padded, 0), padded, [new Stride(outputs, 1)])],
            Arena = new Place(32 * padded, 0),
            Outputs = [new OutputDefinition("linear1", 0, rows, new Place(16 * padded, 0), padded)],
            InputGradient = new ActivationDefinition("input", new Shape(inputs), true, rows, rows, inputs, [new Stride(inputs, 1)]),
            PredictScratchBytes = sizeof(float) * 16,
            MultiplyAdds = (long)inputs * outputs,
        };
    }

    public override NetworkDefinition Definition { get; }

    public override void Predict(ref float parameters, ref float inputs, ref float outputs, int count, ref float scratch, in Team team) =>
        Outputs(ref parameters, ref inputs, ref outputs, count, this.outputs);

    public override void Forward(in StepContext step) => Outputs(ref step.Parameters, ref step.Inputs, ref step.Arena, step.Count, padded);

    public override void Backward(in StepContext step, int fromLayer)
    {
        for (var o = 0; o < outputs; o++)
        {
            for (var i = 0; i <= inputs; i++)
            {
                for (var n = 0; n < step.Count; n++)
                {
                    float gradient = Unsafe.Add(ref step.Arena, (16 * padded) + (n * padded) + o);
                    Unsafe.Add(ref step.Gradients, (i * padded) + o) += gradient * (i < inputs ? Unsafe.Add(ref step.Inputs, (n * inputs) + i) : 1);
                }
            }
        }
    }

    public override void InputGradient(in StepContext step, int fromLayer) => throw new NotSupportedException();

    public override void Materialize(in StepContext step, int layer) => throw new NotSupportedException();

    private void Outputs(ref float parameters, ref float samples, ref float rows, int count, int stride)
    {
        for (var n = 0; n < count; n++)
        {
            for (var o = 0; o < outputs; o++)
            {
                float sum = Unsafe.Add(ref parameters, (inputs * padded) + o);
                for (var i = 0; i < inputs; i++)
                    sum += Unsafe.Add(ref parameters, (i * padded) + o) * Unsafe.Add(ref samples, (n * inputs) + i);
                Unsafe.Add(ref rows, (n * stride) + o) = sum;
            }
        }
    }
}
