using System.Text;
using ModelZoo.Catalogue;
using NetGen.Tests.Reference;

namespace NetGen.Samples.Tests.Networks;

/// <summary>
/// The zoo's networks against PyTorch: outputs, the gradient of the input and of every parameter, running statistics. Deep ones take minutes and gigabytes, so
/// they are tried where <c>NETGEN_ZOO</c> is <c>all</c>.
/// </summary>
public class ZooAgainstPyTorchTests
{
    private const double Tolerance = 1e-4;

    /// <summary>
    /// For gradients of deep networks: which way a ReLU or a pooling goes hangs on the last bit of some of their millions of values, and what is behind goes
    /// another way. At least this, and so many times what single precision makes of it in PyTorch.
    /// </summary>
    private const double DeepTolerance = 1e-2, Exactness = 3;

    private const uint GradientSeed = 92;

    /// <summary>A gradient of this part of the largest one, value by value, or less is what is left of sums that cancel, with their rounding errors.</summary>
    private const double Floor = 1e-3;

    private static readonly string[] Deep =
    [
        "mobilenet", "mobilenet-0.50-160", "squeezenet", "googlenet", "googlenet-aux", "googlenet-original", "googlenet-original-aux", "vgg16", "resnet18", "resnet34", "resnet50", "plainnet34", "densenet121", "unet",
        "convmixer-1536", "unet-original",
    ];

    /// <summary>The networks that are tried here.</summary>
    public static TheoryData<string> Names =>
        [.. Zoo.All.Select(network => network.Name).Where(name => !Deep.Contains(name) || Environment.GetEnvironmentVariable("NETGEN_ZOO") == "all")];

    [Theory]
    [MemberData(nameof(Names))]
    public void Outputs_and_gradients_are_PyTorchs(string name)
    {
        ZooExpectation expected = ZooExpectation.All[name];
        INetwork network = Zoo.Find(name)!.Create(0);
        Fill(network);
        float[] outputs = network.Predict(Inputs(network, expected.Batch, expected.Evaluation));
        ZooPass.Probe(expected.Evaluation.Output).ShouldMatch(Doubles(outputs), Tolerance, "prediction");
        if (expected.Evaluation.InputGradient is null)
            return;
        bool isDeep = Deep.Contains(name);
        using NetworkPass pass = network.CreatePass(expected.Batch, threads: 1);
        Check(network, pass, Inputs(network, expected.Batch, expected.Evaluation), expected.Evaluation, training: false, isDeep);
        if (expected.Training is { } training)
            Check(network, pass, Inputs(network, expected.Batch, training), training, training: true, isDeep);
    }

    private static float[] Inputs(INetwork network, int batch, ZooPass expected) => Stream(expected.Seed, batch * network.InputShape.Size, 1);

    private static void Check(INetwork network, NetworkPass pass, float[] inputs, ZooPass expected, bool training, bool isDeep)
    {
        (string mode, double tolerance) = (training ? "training" : "evaluation", isDeep ? Math.Max(DeepTolerance, Exactness * expected.Rounding) : Tolerance);
        Fill(network);
        pass.Training = training;
        pass.Forward(inputs);
        float[] output = expected.From is { } from ? pass.Activations[from].ToArray() : pass.Output.ToArray();
        ZooPass.Probe(expected.Output).ShouldMatch(Doubles(output), Tolerance, $"output, {mode}");
        float[] gradient = Stream(GradientSeed, output.Length, 1);
        if (expected.From is { } start)
        {
            pass.BackwardFrom(start, gradient);
        }
        else
        {
            gradient.CopyTo(pass.OutputGradient);
            uint seed = GradientSeed;
            foreach ((string name, double[] values) in expected.Further)
            {
                PassOutput further = pass.Outputs[name];
                ZooPass.Probe(values).ShouldMatch(Doubles(further.Values), Tolerance, $"output {name}, {mode}");
                Stream(++seed, further.Gradient.Length, 1).CopyTo(further.Gradient);
            }
            pass.Backward();
        }
        IEnumerable<double[]> all = [expected.InputGradient!, .. expected.Gradients.Values];
        double floor = Floor * all.Max(numbers => numbers.Skip(2).Max(Math.Abs));
        ZooPass.Probe(expected.InputGradient!).ShouldMatch(Doubles(pass.InputGradient), tolerance, $"input gradient, {mode}", floor);
        foreach ((string parameter, double[] numbers) in expected.Gradients)
            ZooPass.Probe(numbers).ShouldMatch(Doubles(network.Parameters[parameter].Gradient.ToArray()), tolerance, $"gradient of {parameter}, {mode}", floor);
        foreach ((string buffer, double[] numbers) in expected.Buffers)
            ZooPass.Probe(numbers).ShouldMatch(Doubles(network.Parameters[buffer].Values.ToArray()), Tolerance, $"{buffer}, {mode}");
    }

    /// <summary>Values that follow from the parameters' names.</summary>
    private static void Fill(INetwork network)
    {
        foreach (Parameter parameter in network.Parameters)
        {
            (string layer, string kind) = (parameter.Name[..parameter.Name.LastIndexOf('.')], parameter.Name[(parameter.Name.LastIndexOf('.') + 1)..]);
            bool isNormalization = network.Parameters.TryGet($"{layer}.running_mean", out _);
            int[] extents = [.. parameter.Shape.Extents];
            (double scale, double offset) = (isNormalization, kind) switch
            {
                (true, "weight" or "running_var") => (0.5, 1),
                (true, _) => (0.5, 0),
                // A transposed convolution has its inputs first.
                (false, "weight") => (Math.Sqrt(6.0 / (layer.StartsWith("up.", StringComparison.Ordinal) ? extents[0] : extents.Skip(1).Aggregate(1, (all, extent) => all * extent))), 0.0),
                _ => (0.25, 0),
            };
            parameter.Values.Assign(Stream(Seed(parameter.Name), parameter.Shape.Size, scale, offset));
        }
    }

    private static float[] Stream(uint seed, int count, double scale, double offset = 0)
    {
        var values = new float[count];
        for (var i = 0; i < count; i++)
            values[i] = (float)((Filler.Value(seed, i) * scale) + offset);
        return values;
    }

    /// <summary>FNV-1a.</summary>
    private static uint Seed(string name) => Encoding.UTF8.GetBytes(name).Aggregate(0x811C9DC5u, (hash, letter) => unchecked((hash ^ letter) * 0x01000193u));

    private static double[] Doubles(ReadOnlySpan<float> values)
    {
        var doubles = new double[values.Length];
        for (var i = 0; i < doubles.Length; i++)
            doubles[i] = values[i];
        return doubles;
    }
}
