using System.Collections.Immutable;
using NetGen.Engine;

namespace NetGen.Tests.Numerics;

/// <summary>
/// Drives an emitted program by its contract alone, without the runtime's own buffers and threads: every buffer is guarded, scratch
/// memory is poisoned, user's inputs and outputs are misaligned.
/// </summary>
internal sealed class GuardedNetwork : ITestNetwork
{
    private readonly NetworkProgram program;
    private readonly NetworkDefinition definition;
    private readonly GuardedBuffer parameters;

    public GuardedNetwork(NetworkProgram program)
    {
        this.program = program;
        definition = program.Definition;
        parameters = new GuardedBuffer(definition.ParameterFloats + definition.PreparedFloats);
        foreach (ConstantDefinition constant in definition.Constants)
        {
            for (var i = 0; i < StridedLayout.Count(constant.Layout); i++)
                parameters.At(constant.Offset + Offset(constant.Layout, i)) = constant.Values[i % constant.Values.Length];
        }
    }

    public IReadOnlyList<(string Name, Shape Shape, bool IsTrainable)> Parameters =>
        [.. definition.Parameters.Select(one => (one.Name, one.Shape, one.IsTrainable))];

    public IReadOnlyList<string> LayerNames => [.. definition.Activations.Select(one => one.Name)];

    public void SetParameters(IReadOnlyList<float[]> values)
    {
        foreach ((ParameterDefinition place, float[] tensor) in definition.Parameters.Zip(values))
        {
            for (var i = 0; i < tensor.Length; i++)
                parameters.At(place.Offset + Offset(place.Layout, i)) = tensor[i];
        }
    }

    public float[] Parameter(string name) => Read(parameters, name);

    public float[] Predict(float[] inputs, int count)
    {
        var (given, outputs) = (new GuardedBuffer(inputs.Length, misalignment: 3), new GuardedBuffer(count * definition.OutputShape.Size, misalignment: 5));
        GuardedBuffer scratch = new GuardedBuffer((int)definition.PredictFloats(workers: 1)).Poison();
        outputs.Poison();
        inputs.CopyTo(given.Span);
        parameters.Span[definition.ParameterFloats..].Fill(float.NaN);
        program.Prepare(ref parameters.Start);
        parameters.Check("parameters after Prepare");
        program.Predict(ref parameters.Start, ref given.Start, ref outputs.Start, count, ref scratch.Start, Team.Alone);
        parameters.Check("parameters after Predict");
        given.Check("inputs after Predict");
        outputs.Check("outputs of Predict");
        scratch.Check("scratch of Predict");
        given.Span.SequenceEqual(inputs).ShouldBeTrue("Predict must not change its inputs");
        return outputs.Span.ToArray();
    }

    public ITestPass CreatePass(int batch, int threads) => new GuardedPass(program, parameters, batch, threads);

    /// <summary>Floats from a tensor's first value to the value at a row-major index.</summary>
    internal static nint Offset(ImmutableArray<Stride> layout, int index)
    {
        nint offset = 0;
        for (int dimension = layout.Length - 1; dimension >= 0; dimension--)
        {
            Stride stride = layout[dimension];
            int at = index % stride.Extent;
            offset += stride.Block == 0 ? (nint)at * stride.Step : ((nint)(at / stride.Block) * stride.BlockStep) + ((nint)(at % stride.Block) * stride.Step);
            index /= stride.Extent;
        }
        return offset;
    }

    /// <summary>A parameter, or its gradient, in PyTorch's order.</summary>
    internal float[] Read(GuardedBuffer buffer, string name)
    {
        ParameterDefinition place = definition.Parameters.Single(one => one.Name == name);
        return [.. Enumerable.Range(0, place.Shape.Size).Select(i => buffer.At(place.Offset + Offset(place.Layout, i)))];
    }
}
