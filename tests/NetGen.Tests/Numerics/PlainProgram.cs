using System.Collections.Immutable;
using System.Runtime.InteropServices;
using NetGen.Engine;
using NetGen.Tests.Reference;

namespace NetGen.Tests.Numerics;

/// <summary>
/// A <see cref="NetworkProgram"/> written by hand over the reference: it keeps the contract with layouts of its own, padded and reversed.
/// With it the tests test themselves: the checks must accept it, and must find each <see cref="Fault"/>.
/// </summary>
internal sealed class PlainProgram : NetworkProgram
{
    private readonly NetworkCase network;
    private readonly Fault fault;
    private readonly int[] sizes;
    private int calls;

    public PlainProgram(NetworkCase network, bool grouped, Fault fault)
    {
        this.network = network;
        this.fault = fault;
        ReferenceNetwork reference = network.CreateReference(seed: 0);
        reference.Forward(new double[reference.InputSize], training: false);
        sizes = [.. reference.Activations.Select(one => one.Length)];
        Definition = Define(reference, grouped ? 16 : 0);
    }

    /// <summary>What may be wrong with a program.</summary>
    public enum Fault
    {
        None,
        WritesPastOutputs,
        ReadsScratch,
        WrongPredict,
        WrongLastBias,
        KeepsGradientsOfLastStep,
        ForgetsPartialBatch,
        WrongInputGradient,
        NoRunningStatistics,
        WrongFirstActivation,
        NeverTheSameBits,
        RoughSums,
    }

    public override NetworkDefinition Definition { get; }

    public override void Predict(ref float parameters, ref float inputs, ref float outputs, int count, ref float scratch, in Team team)
    {
        ReferenceNetwork reference = Load(ref parameters);
        double[] result = reference.Forward(Read(ref inputs, count * reference.InputSize), training: false);
        for (var i = 0; i < result.Length; i++)
            At(ref outputs, i) = (float)result[i];
        if (fault == Fault.WritesPastOutputs)
            At(ref outputs, result.Length) = 0;
        if (fault == Fault.ReadsScratch)
            outputs += scratch;
        if (fault == Fault.WrongPredict)
            At(ref outputs, result.Length - 1) *= 1.0001f;
    }

    public override void Forward(in StepContext step)
    {
        step.Team.Wait();
        if (step.Team.Worker != 0)
            return;
        ReferenceNetwork reference = Run(step);
        for (var layer = 0; layer < sizes.Length; layer++)
        {
            double[] values = reference.Activations[layer];
            for (var i = 0; i < values.Length; i++)
                At(ref step.Arena, Place(Definition.Activations[layer].Value, layer, step.Capacity, i)) = (float)values[i];
        }
        if (fault == Fault.WrongFirstActivation)
            step.Arena += 0.001f;
        double[] outputs = reference.Activations[^1];
        for (var i = 0; i < outputs.Length; i++)
            At(ref step.Arena, Row(Definition.MainOutput.Rows, step.Capacity, i)) = (float)outputs[i];
        if (!step.Training || fault == Fault.NoRunningStatistics)
            return;
        reference.UpdateStatistics();
        foreach ((ParameterDefinition place, ReferenceParameter parameter) in Definition.Parameters.Zip(reference.Parameters))
        {
            for (var i = 0; i < parameter.Values.Length && !place.IsTrainable; i++)
                At(ref step.Parameters, place.Offset + GuardedNetwork.Offset(place.Layout, i)) = (float)parameter.Values[i];
        }
    }

    public override void Backward(in StepContext step, int fromLayer)
    {
        step.Team.Wait();
        if (step.Team.Worker != 0)
            return;
        ReferenceNetwork reference = Run(step);
        double[] inputGradient = reference.BackwardFrom(fromLayer, Gradient(step, fromLayer));
        bool adds = Definition.GroupSize != 0 || fromLayer != sizes.Length - 1 || fault == Fault.KeepsGradientsOfLastStep;
        foreach ((ParameterDefinition place, ReferenceParameter parameter) in Definition.Parameters.Zip(reference.Parameters))
        {
            for (var i = 0; i < parameter.Values.Length && place.IsTrainable; i++)
            {
                ref float gradient = ref At(ref step.Gradients, place.Offset + GuardedNetwork.Offset(place.Layout, i));
                gradient = (adds ? gradient : 0) + (float)parameter.Gradient[i];
            }
        }
        if (fault == Fault.NeverTheSameBits)
            step.Gradients *= 1 + 1e-6f * ++calls;
        if (fault == Fault.RoughSums)
        {
            foreach (ParameterDefinition place in Definition.Parameters.Where(one => one.Shape.Size > 1))
                At(ref step.Gradients, place.Offset) *= 1 + 2e-5f;
        }
        if (fault == Fault.WrongLastBias)
            At(ref step.Gradients, Definition.Parameters.Last(one => one.IsTrainable).Offset) *= 1.01f;
        for (var i = 0; i < inputGradient.Length; i++)
            At(ref step.Arena, InputPlace(step.Capacity, i)) = float.NaN;
        for (var i = 0; i < inputGradient.Length; i++)
            At(ref step.Arena, InputPlace(step.Capacity, i) + Definition.InputGradient.SampleStep / 2) = (float)inputGradient[i];
    }

    public override void InputGradient(in StepContext step, int fromLayer)
    {
        step.Team.Wait();
        if (step.Team.Worker != 0)
            return;
        int size = Definition.InputShape.Size;
        for (var i = 0; i < step.Count * size; i++)
        {
            nint place = InputPlace(step.Capacity, i);
            float value = At(ref step.Arena, place + Definition.InputGradient.SampleStep / 2);
            At(ref step.Arena, place) = fault == Fault.WrongInputGradient ? -value : value;
        }
    }

    public override void Materialize(in StepContext step, int layer) => throw new NotSupportedException("Every activation is stored.");

    private static ref float At(ref float start, nint place) => ref System.Runtime.CompilerServices.Unsafe.Add(ref start, place);

    private static double[] Read(ref float start, int count)
    {
        var values = new double[count];
        for (var i = 0; i < count; i++)
            values[i] = At(ref start, i);
        return values;
    }

    private static int Round(int size) => (size + 15) / 16 * 16;

    /// <summary>Each value two floats after the one before: a layout that no kernel has.</summary>
    private static ImmutableArray<Stride> Spread(int size) => [new Stride(size, 2)];

    private NetworkDefinition Define(ReferenceNetwork reference, int groupSize)
    {
        int samples = groupSize == 0 ? 1 : 16;
        var offset = 0;
        ImmutableArray<ParameterDefinition> parameters =
        [
            .. reference.Parameters.OrderByDescending(one => one.Spec.IsTrainable).Select(one =>
            {
                int start = offset;
                offset += Round(2 * one.Values.Length);
                return new ParameterDefinition(one.Name, new Shape(one.Spec.Shape), start, Spread(one.Values.Length), Initialization.Zeros, 0, one.Spec.IsTrainable);
            }),
        ];
        var floats = 0;
        Place Take(int perSample)
        {
            int start = floats;
            floats += samples * perSample;
            return groupSize == 0 ? new Place(0, start) : new Place(start, 0);
        }
        ImmutableArray<ActivationDefinition> activations =
        [
            .. reference.Names.Select((name, i) => new ActivationDefinition(
                name, new Shape(sizes[i]), true, Take(2 * sizes[i]), Take(2 * sizes[i]), 2 * sizes[i], Spread(sizes[i]))),
        ];
        int outputStride = Round(reference.OutputSize);
        var (output, outputGradient, input) = (Take(outputStride), Take(outputStride), Take(4 * reference.InputSize));
        return new NetworkDefinition
        {
            Name = "Plain",
            InputShape = new Shape(reference.InputShape),
            OutputShape = new Shape(reference.OutputShape),
            GroupSize = groupSize,
            Element = ElementType.Float32,
            ParameterBytes = sizeof(float) * offset,
            TrainableBytes = sizeof(float) * (parameters.Where(one => one.IsTrainable).Sum(one => Round(2 * one.Shape.Size))),
            Parameters = [.. reference.Parameters.Select(one => parameters.Single(place => place.Name == one.Name))],
            Activations = activations,
            Arena = groupSize == 0 ? new Place(0, floats) : new Place(floats, 0),
            Outputs = [new OutputDefinition(reference.Names[^1], sizes.Length - 1, output, outputGradient, outputStride)],
            InputGradient = new ActivationDefinition("input", new Shape(reference.InputShape), true, input, input, 4 * reference.InputSize, Spread(reference.InputSize)),
            PredictScratchBytes = sizeof(float) * 16,
            MultiplyAdds = 0,
        };
    }

    private ReferenceNetwork Load(ref float parameters)
    {
        var reference = new ReferenceNetwork(network.Input, network.Layers);
        foreach ((ParameterDefinition place, ReferenceParameter parameter) in Definition.Parameters.Zip(reference.Parameters))
        {
            for (var i = 0; i < parameter.Values.Length; i++)
                parameter.Values[i] = At(ref parameters, place.Offset + GuardedNetwork.Offset(place.Layout, i));
        }
        return reference;
    }

    private ReferenceNetwork Run(in StepContext step)
    {
        ReferenceNetwork reference = Load(ref step.Parameters);
        int samples = fault == Fault.ForgetsPartialBatch && Definition.GroupSize == 0 ? step.Capacity : step.Count;
        samples = Math.Min(samples, network.Batch);
        double[] inputs = Read(ref step.Inputs, samples * reference.InputSize);
        if (fault == Fault.ForgetsPartialBatch)
            inputs = [.. inputs.Select(x => double.IsNaN(x) ? 1 : x)];
        reference.Forward(inputs, step.Training);
        return reference;
    }

    private double[] Gradient(in StepContext step, int layer)
    {
        int samples = fault == Fault.ForgetsPartialBatch && Definition.GroupSize == 0 ? Math.Min(step.Capacity, network.Batch) : step.Count;
        var gradient = new double[samples * sizes[layer]];
        for (var i = 0; i < gradient.Length; i++)
        {
            nint place = layer == sizes.Length - 1
                ? Row(Definition.MainOutput.Gradient, step.Capacity, i)
                : Place(Definition.Activations[layer].Gradient, layer, step.Capacity, i);
            gradient[i] = At(ref step.Arena, place);
        }
        return gradient;
    }

    private nint Place(Place start, int layer, int capacity, int i) => start.For(capacity) + 2 * (nint)i;

    private nint InputPlace(int capacity, int i)
    {
        int size = Definition.InputShape.Size;
        return Definition.InputGradient.Value.For(capacity) + (nint)(i / size) * 4 * size + 2 * (i % size);
    }

    private nint Row(Place start, int capacity, int i)
    {
        int size = Definition.OutputShape.Size;
        return start.For(capacity) + (nint)(i / size) * Definition.MainOutput.Stride + i % size;
    }
}
