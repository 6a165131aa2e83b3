using NetGen.Tests.Reference;
using NetGen.Tests.Reference.Layers;

namespace NetGen.Tests.Training;

/// <summary>A hundred steps of every optimizer, with clipping and groups, against PyTorch's, or against the paper's formulas in double precision.</summary>
public sealed class OptimizersAgainstPyTorchTests
{
    private const double Tolerance = 1e-6;

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, PyTorchOptimizer.All.Count)];

    private static Dictionary<string, (Func<Optimizer> Make, Func<ReferenceOptimizer> Reference)> Papers { get; } = new()
    {
        ["Lion"] = (() => new Lion(1e-3), () => new ReferenceLion(1e-3)),
        ["Lion, all else"] = (() => new Lion(2e-3, 0.8, 0.95, 0.5), () => new ReferenceLion(2e-3, 0.8, 0.95, 0.5)),
        ["Muon"] = (() => new Muon(), () => new ReferenceMuon(1e-3)),
        ["Muon, all else"] = (() => new Muon(2e-3, 0.8, 0.3, nesterov: false, iterations: 3), () => new ReferenceMuon(2e-3, 0.8, 0.3, nesterov: false, iterations: 3)),
    };

    public static TheoryData<string> PaperNames => [.. Papers.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void AHundredStepsAreThoseOfPyTorch(int number)
    {
        PyTorchOptimizer one = PyTorchOptimizer.All[number];
        var net = new TestNetwork(new PerceptronProgram(PyTorchOptimizer.Inputs, PyTorchOptimizer.Outputs, grouped: true));
        SetAll(PyTorchOptimizer.Start, (parameter, values) => parameter.Values.Assign(values));
        Optimizer optimizer = Create(one);
        double rate = optimizer.LearningRate;
        for (var step = 1; step <= PyTorchOptimizer.Steps; step++)
        {
            SetAll(one.Gradients(step), (parameter, values) => parameter.Gradient.Assign(values));
            optimizer.LearningRate = rate * (one.Schedule ? 1 + ((step - 1) % 3) : 1);
            optimizer.Step(net);
        }
        Agree(net.AllValues()[..PyTorchOptimizer.Count], one.Values, $"{one}");

        void SetAll(double[] all, Action<Parameter, float[]> set)
        {
            float[] floats = TrainerTests.Floats(all);
            set(net.Parameters["linear1.weight"], floats[..^PyTorchOptimizer.Outputs]);
            set(net.Parameters["linear1.bias"], floats[^PyTorchOptimizer.Outputs..]);
        }
    }

    [Theory]
    [MemberData(nameof(PaperNames))]
    public void AHundredStepsAreThoseOfThePaper(string name)
    {
        foreach ((int inputs, int outputs) in ((int, int)[])[(4, 6), (21, 7), (5, 37)])
            Follow(name, inputs, outputs);
    }

    private static void Follow(string name, int inputs, int outputs)
    {
        (Func<Optimizer> make, Func<ReferenceOptimizer> makeReference) = Papers[name];
        var net = new TestNetwork(new PerceptronProgram(inputs, outputs, grouped: true));
        Optimizer optimizer = make();
        ReferenceOptimizer reference = makeReference();
        ReferenceParameter[] expected = [.. net.Parameters.Where(one => one.IsTrainable).Select(Copy)];
        for (var step = 1; step <= PyTorchOptimizer.Steps; step++)
        {
            foreach (ReferenceParameter parameter in expected)
            {
                float[] gradient = TrainerTests.Floats(PyTorchOptimizer.Gradients(step, parameter.Values.Length));
                for (var i = 0; i < gradient.Length; i++)
                    parameter.Gradient[i] = gradient[i];
                net.Parameters[parameter.Name].Gradient.Assign(gradient);
            }
            optimizer.Step(net);
            reference.Step(expected);
        }
        foreach (ReferenceParameter parameter in expected)
            Agree(net.Parameters[parameter.Name].Values.ToArray(), parameter.Values, $"{parameter.Name} of {inputs} → {outputs}");
    }

    /// <summary>All together to a millionth of their norm. One by one, a hundred roundings of a float come to a little more.</summary>
    private static void Agree(float[] values, double[] expected, string what)
    {
        double squares = expected.Sum(value => value * value), errors = values.Zip(expected, (value, wanted) => (value - wanted) * (value - wanted)).Sum();
        Math.Sqrt(errors / squares).ShouldBeLessThan(Tolerance, what);
        for (var i = 0; i < values.Length; i++)
            ((double)values[i]).ShouldBe(expected[i], 3 * Tolerance * Math.Max(1, Math.Abs(expected[i])), $"{what}, value {i}");
    }

    private static ReferenceParameter Copy(Parameter parameter)
    {
        var copy = new ReferenceParameter(parameter.Name, new ParameterSpec(parameter.Name, [.. parameter.Shape.Extents], Fill.Weight));
        for (var i = 0; i < copy.Values.Length; i++)
            copy.Values[i] = parameter.Values[i];
        return copy;
    }

    private static Optimizer Create(PyTorchOptimizer one)
    {
        double rate = one.Argument("lr", 0), decay = one.Argument("weight_decay", 0), momentum = one.Argument("momentum", 0), eps = one.Argument("eps", 1e-8);
        IReadOnlyList<ParameterGroup> groups = one.Groups ? [ParameterGroup.NoDecay, new("*.weight") { LearningRateFactor = 0.1 }] : [];
        return one.Optimizer switch
        {
            "SGD" => new SGD(rate, momentum, decay, one.Flag("nesterov"), one.Argument("dampening", 0)) { Groups = groups, ClipNorm = one.ClipNorm, ClipValue = one.ClipValue },
            "Adam" => new Adam(rate, one.Beta(0, 0.9), one.Beta(1, 0.999), eps, decay) { Groups = groups, ClipNorm = one.ClipNorm, ClipValue = one.ClipValue },
            "AdamW" => new AdamW(rate, one.Beta(0, 0.9), one.Beta(1, 0.999), eps, decay) { Groups = groups, ClipNorm = one.ClipNorm, ClipValue = one.ClipValue },
            "RMSprop" => new RMSprop(rate, one.Argument("alpha", 0.99), eps, decay, momentum, one.Flag("centered")) { Groups = groups, ClipNorm = one.ClipNorm, ClipValue = one.ClipValue },
            "Adagrad" => new Adagrad(rate, one.Argument("lr_decay", 0), decay, one.Argument("initial_accumulator_value", 0), one.Argument("eps", 1e-10)) { Groups = groups, ClipNorm = one.ClipNorm, ClipValue = one.ClipValue },
            _ => throw new InvalidDataException($"No such optimizer, '{one.Optimizer}'."),
        };
    }
}
