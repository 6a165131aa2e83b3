using NetGen.Generator.Tests.Harness;

namespace NetGen.Generator.Tests.Snapshots;

/// <summary>What NetGenExplain writes: each stage of a network as text, from the layers to the steps on planned memory.</summary>
public class ExplainTests
{
    [Fact]
    public void ConvNet() => Verify("[Network, Input(1, 4, 4), Conv2d(2, 3), ReLU, MaxPool2d(2), Flatten, Linear(2)] public partial class Net;");

    [Fact]
    public void Normed() => Verify(
        "[Network, Input(3, 8, 8), Conv2d(16, 3, padding: 1, bias: false), BatchNorm2d, ReLU, Dropout(0.5), Flatten, Linear(2), Softmax] public partial class Net;");

    [Fact]
    public void Wide() => Verify(
        "[Network, Input(3, 64, 64), Conv2d(32, 3, padding: 1), ReLU, Conv2d(48, 3, stride: 2, padding: 1), ReLU, Flatten, Linear(40)] public partial class Net;");

    /// <summary>The first layers with 16 samples side by side, the others with channels last.</summary>
    [Fact]
    public void Mixed() => Verify(
        "[Network, Input(3, 32, 32), Conv2d(4, 3, padding: 1), ReLU, MaxPool2d(2), Conv2d(32, 3, padding: 1), ReLU, Conv2d(32, 3, padding: 1), Flatten, Linear(10)] public partial class Net;");

    [Fact]
    public void Blocks() => Verify(
        """
        [Network, Input(4, 8, 8), Use<Stage>(8, As = "layer1"), Flatten, Linear(2)] public partial class Net;
        [Block, Conv2d(Channels, 1, stride: 2, As = "down"), Use<Residual>(Channels, Repeat = 2)] public class Stage { [Parameter] public const int Channels = 4; }
        [Block, Conv2d(Channels, 3, padding: 1, bias: false), ReLU, Add(Block.Input)] public class Residual { [Parameter] public const int Channels = 4; }
        """);

    /// <summary>Below the lowest layer that trains a training step has no step on its way back; the rest of the way is for who asks for the gradient of the input.</summary>
    [Fact]
    public void Frozen() => Verify(
        """
        [Network, Input(3, 8, 8), Use<Body>(As = "body", Frozen = true), Flatten, Linear(4), ReLU, Linear(2, Frozen = true)] public partial class Net;
        [Block, Conv2d(16, 3, bias: false), BatchNorm2d, ReLU, Dropout(0.5)] public class Body;
        """);

    /// <summary>A head, and an output that another layer reads: a prediction computes the main one alone.</summary>
    [Fact]
    public void Outputs() => Verify(
        """
        [Network, Input(6), Linear(8), ReLU(As = "r"), Output("within"), Linear(3, As = "fc"), Output("aux"), Linear(4, From = "r")] public partial class Net;
        """);

    [Fact]
    public void It_is_written_only_when_asked_for() =>
        Run("[Network, Input(3), Linear(2)] public partial class Net;", explain: false).Keys.ShouldNotContain(name => name.Contains("Explain"));

    private static void Verify(string source, [System.Runtime.CompilerServices.CallerFilePath] string file = "", [System.Runtime.CompilerServices.CallerMemberName] string method = "") =>
        Harness.Snapshots.Verify(
            Run(source, explain: true).Where(f => f.Key.Contains("Explain")).ToDictionary(f => f.Key, f => f.Value), Environment.GetEnvironmentVariable, file, method);

    private static IReadOnlyDictionary<string, string> Run(string source, bool explain) =>
        Generation.Run(Compilations.Create(Compilations.Preamble + source), new NetworkGenerator(), new BuildProperties(("NetGenExplain", explain ? "true" : "false"))).Files;
}
