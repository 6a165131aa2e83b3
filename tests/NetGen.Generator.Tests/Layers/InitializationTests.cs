using NetGen.Generator.Graph;
using NetGen.Generator.Operations;
using NetGen.Generator.Reading;
using NetGen.Generator.Tests.Harness;

namespace NetGen.Generator.Tests.Layers;

/// <summary>Initialisers by name: the distribution that each asks the runtime for, against PyTorch's formulas.</summary>
public class InitializationTests
{
    private static readonly double Sqrt2 = Math.Sqrt(2);

    /// <summary>A layer that receives 4×9×9; what fills its weight [6, 2, 5, 3] and its bias [6].</summary>
    public static TheoryData<string, string, string> Layers => new()
    {
        { "", Text("Uniform", 1 / Math.Sqrt(30)), Text("Uniform", 1 / Math.Sqrt(30)) },
        { "Init = Init.Zeros, BiasInit = Init.Ones", Text("Zeros", 0), Text("Ones", 0) },
        { "Init = Init.Constant, InitValue = 0.5, BiasInit = Init.Constant, BiasInitValue = -3", Text("Constant", 0.5), Text("Constant", -3) },
        { "Init = Init.Uniform, BiasInit = Init.Uniform, BiasInitLow = -3, BiasInitHigh = 2", Text("Uniform", 0.5, 0.5), Text("Uniform", 2.5, -0.5) },
        { "Init = Init.Normal, BiasInit = Init.Normal, BiasInitMean = 1, BiasInitStd = 0.02", Text("Normal", 1), Text("Normal", 0.02, 1) },
        { "Init = Init.TruncatedNormal, InitStd = 0.5, InitMean = 1", Text("TruncatedNormal", 0.5, 1, -6, 2), Text("Uniform", 1 / Math.Sqrt(30)) },
        { "Init = Init.TruncatedNormal, InitStd = 0.02, InitLow = -0.04, InitHigh = 0.06", Text("TruncatedNormal", 0.02, 0, -2, 3), Text("Uniform", 1 / Math.Sqrt(30)) },

        // Fan-in 2·15, fan-out 6·15, of a convolution in two groups too, as torch.nn.init._calculate_fan_in_and_fan_out counts.
        { "Init = Init.KaimingUniform, BiasInit = Init.Zeros", Text("Uniform", Sqrt2 * Math.Sqrt(3.0 / 30)), Text("Zeros", 0) },
        { "Init = Init.KaimingUniform, InitFan = Fan.Out, InitGain = Gain.Tanh", Text("Uniform", 5.0 / 3 * Math.Sqrt(3.0 / 90)), Text("Uniform", 1 / Math.Sqrt(30)) },
        { "Init = Init.KaimingNormal, InitFan = Fan.Out", Text("Normal", Sqrt2 / Math.Sqrt(90)), Text("Uniform", 1 / Math.Sqrt(30)) },
        { "Init = Init.KaimingNormal, InitGain = Gain.LeakyReLU", Text("Normal", Math.Sqrt(2 / 1.0001) / Math.Sqrt(30)), Text("Uniform", 1 / Math.Sqrt(30)) },
        { "Init = Init.XavierUniform", Text("Uniform", Math.Sqrt(6.0 / 120)), Text("Uniform", 1 / Math.Sqrt(30)) },
        { "Init = Init.XavierNormal, InitGain = Gain.SELU", Text("Normal", 0.75 * Math.Sqrt(2.0 / 120)), Text("Uniform", 1 / Math.Sqrt(30)) },
        { "Init = Init.Orthogonal, InitGain = Gain.ReLU", Text("Orthogonal", Sqrt2), Text("Uniform", 1 / Math.Sqrt(30)) },
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_layers_initialiser_is_PyTorchs(string arguments, string weight, string bias)
    {
        string more = arguments.Length == 0 ? "" : ", " + arguments;
        Fillings($"[Network, Input(4, 9, 9), Conv2d(6, [5, 3], groups: 2{more})] public partial class Net;").ShouldBe([$"conv1.weight: {weight}", $"conv1.bias: {bias}"]);
    }

    [Fact]
    public void A_class_says_it_for_all_its_layers_and_those_of_its_blocks_that_do_not_say_it_themselves() => Fillings(
        """
        [Network, Input(8), Initialize(Init = Init.Normal, BiasInit = Init.Zeros)]
        [Linear(8), BatchNorm1d, Linear(8, Init = Init.Ones), LayerNorm(Init = Init.Zeros), Use<Plain>(As = "plain"), Use<Own>(As = "own")]
        public partial class Net;
        [Block, Linear(8, BiasInit = Init.Ones)] public class Plain;
        [Block, ReLU, Initialize(BiasInit = Init.Constant, BiasInitValue = Size / 2.0), Linear(8)] public class Own { [Parameter] public const int Size = 5; }
        """).ShouldBe(
        [
            $"linear1.weight: {Text("Normal", 1)}", $"linear1.bias: {Text("Zeros", 0)}",
            $"batchnorm1.weight: {Text("Ones", 0)}", $"batchnorm1.bias: {Text("Zeros", 0)}", $"batchnorm1.running_mean: {Text("Zeros", 0)}", $"batchnorm1.running_var: {Text("Ones", 0)}",
            $"linear2.weight: {Text("Ones", 0)}", $"linear2.bias: {Text("Zeros", 0)}",
            $"layernorm1.weight: {Text("Zeros", 0)}", $"layernorm1.bias: {Text("Zeros", 0)}",
            $"plain.linear1.weight: {Text("Normal", 1)}", $"plain.linear1.bias: {Text("Ones", 0)}",
            $"own.linear1.weight: {Text("Uniform", 1 / Math.Sqrt(8))}", $"own.linear1.bias: {Text("Constant", 2.5)}",
        ]);

    [Fact]
    public void The_runtime_is_told_the_numbers()
    {
        Generation generation = Generation.Run(
            Compilations.Create(Compilations.Preamble + "[Network, Input(8), Linear(4, Init = Init.TruncatedNormal, InitStd = 0.5, BiasInit = Init.Uniform, BiasInitLow = 1, BiasInitHigh = 2)] public partial class Net;"),
            new NetworkGenerator());
        string all = generation.Files["Net.Program.g.cs"];
        all.ShouldContain("Initialization.TruncatedNormal, 0.5f, true) { Low = -4f, High = 4f },");
        all.ShouldContain("Initialization.Uniform, 0.5f, true) { Shift = 1.5f },");
    }

    private static IEnumerable<string> Fillings(string source)
    {
        Microsoft.CodeAnalysis.CSharp.CSharpCompilation compilation = Compilations.Create(Compilations.Preamble + source);
        NetworkGraph graph = GraphBuilder.Build(NetworkReader.Read(compilation.GetTypeByMetadataName("Net")!, compilation, default), default);
        graph.Problems.ShouldBeEmpty();
        return graph.Layers.SelectMany(layer => layer.ParameterSpecs.Select(spec => $"{layer.Name}.{spec.Name}: {Text(spec)}"));
    }

    private static string Text(ParameterSpec spec) => Text(spec.Initialization.ToString(), spec.Scale, spec.Shift, spec.Range.Low, spec.Range.High);

    private static string Text(string kind, double scale, double shift = 0, double low = 0, double high = 0) =>
        FormattableString.Invariant($"{kind} {scale:G12} {shift:G12} {low:G12} {high:G12}");
}
