using System.Runtime.CompilerServices;
using NetGen.Generator.Tests.Harness;

namespace NetGen.Generator.Tests.Snapshots;

/// <summary>The emitted programs of tiny networks, in each layout of activations: what a reader of generated code sees.</summary>
public class KernelTests
{
    [Fact]
    public void ChannelsLast() => Verify("[Network, Input(3), Linear(2), Sigmoid, Linear(2)] public partial class Tiny;", ["Program", "Passes", "Avx2"]);

    [Fact]
    public void SamplesAsLanes() => Verify(
        "[Network, Input(1, 4, 4), Conv2d(2, 3), ReLU, MaxPool2d(2), Flatten, Linear(2)] public partial class Tiny;", ["Program", "Passes", "Avx512"]);

    /// <summary>Passes, drivers with a layer's numbers, and one level of the kernels that a whole project shares.</summary>
    [Fact]
    public void Wide() => Verify(
        "[Network, Input(3, 64, 64), Conv2d(32, 3, padding: 1), BatchNorm2d, ReLU, MaxPool2d(2)] public partial class Tiny;", ["Program", "Passes", "Drivers", "Wide", "WideAvx2"]);

    /// <summary>Passes that take groups of samples from step to step in the first layers, and the whole batch in the others.</summary>
    [Fact]
    public void Mixed() => Verify(
        "[Network, Input(3, 32, 32), Conv2d(4, 3, padding: 1), ReLU, MaxPool2d(2), Conv2d(32, 3, padding: 1), ReLU, Conv2d(32, 3, padding: 1), Flatten, Linear(10)] public partial class Tiny;", ["Program", "Passes"]);

    /// <summary>A convolution and both its gradients by Winograd's transformations.</summary>
    [Fact]
    public void Winograd() => Verify(
        "[Network, Input(32, 16, 16), Conv2d(64, 3, padding: 1, bias: false), ReLU, Conv2d(64, 3, padding: 1, bias: false)] public partial class Tiny;", ["Drivers", "Passes", "WideAvx512"]);

    /// <summary>Compares the files of those names; the levels of instructions differ in little but the width.</summary>
    private static void Verify(string source, string[] files, [CallerFilePath] string sourceFile = "", [CallerMemberName] string method = "")
    {
        IReadOnlyDictionary<string, string> emitted = Generation.Run(Compilations.Create(Compilations.Preamble + source), new NetworkGenerator()).Files
            .Where(file => files.Any(name => file.Key.EndsWith($".{name}.g.cs", StringComparison.Ordinal)))
            .ToDictionary(file => file.Key, file => file.Value);
        emitted.Count.ShouldBe(files.Length);
        Harness.Snapshots.Verify(emitted, Environment.GetEnvironmentVariable, sourceFile, method);
    }
}
