using NetGen.Generator.Tests.Harness;

namespace NetGen.Generator.Tests.Snapshots;

/// <summary>The generated public members of small networks, without their kernels.</summary>
public class SurfaceTests
{
    [Fact]
    public void ConvNet() => Verify("""
        namespace Digits;

        [Network, Input(1, 28, 28)]
        [Conv2d(1, 6, 5, stride: 2), ReLU]
        [Conv2d(6, 16, 5, stride: 2), ReLU]
        [Flatten]
        [Linear(256, 84), ReLU]
        [Linear(84, 10)]
        public partial class ConvNet;
        """);

    [Fact]
    public void EveryLayer() => Verify("""
        [Network]
        [Input(3, 16, 12)]
        [Conv2d(8, new[] { 3, 1 }, padding: new[] { 1, 0 }, bias: false, As = "stem.conv")]
        [BatchNorm2d(Eps = 1e-3), Sigmoid]
        [MaxPool2d(3, stride: 2, padding: 1)]
        [AvgPool2d(new[] { 2, 1 })]
        [Flatten, Dropout(0.25)]
        [Linear(32, bias: false), BatchNorm1d(32), Tanh]
        [Linear(10, As = "output"), Softmax, LogSoftmax]
        internal partial class EveryLayer
        {
        }
        """);

    [Fact]
    public void Blocks() => Verify("""
        [Network, Input(8, 4, 4)]
        [Use<Residual>(8, As = "layer", Repeat = 2)]
        [Conv2d(16, 1), Concat("layer"), Flatten, Linear(10)]
        public partial class Net;

        [Block, Conv2d(Channels, 3, padding: 1), BatchNorm2d, ReLU, Use<Step>, Add(Block.Input)]
        public abstract class Residual
        {
            [Parameter] public const int Channels = 16;
        }

        [Block, Conv2d(8, 1), Dropout(0.1)]
        public abstract class Step;
        """);

    [Fact]
    public void Nested() => Verify("""
        namespace A.B
        {
            public partial record Outer
            {
                [Network, Input(4), Linear(2)]
                private partial class @class;
            }
        }
        """);

    [Fact]
    public void WrongNumber() => Verify("[Network, Input(784), Linear(700, 100), ReLU, Linear(100, 10)] public partial class Wrong;");

    [Fact]
    public void StaticClass() => Verify("[Network, Input(784), Linear(10)] public static partial class Wrong;", "NG0303");

    [Fact]
    public void RecordWithPrimaryConstructor() => Verify("[Network, Input(784), Linear(10)] public partial record Wrong(int Size, string @class);");

    [Fact]
    public void TakenMembers() => Verify("""
        [Network, Input(4), Linear(2)]
        public partial class Taken
        {
            public int Summary => 1;
            public void Predict(System.ReadOnlySpan<float> inputs, System.Span<float> outputs) { }
        }
        """);

    private static void Verify(
        string source, string reported = "", [System.Runtime.CompilerServices.CallerMemberName] string method = "")
    {
        Generation generation = Generation.Run(Compilations.Create(Compilations.Preamble + source));
        string.Concat(generation.Reported.Select(diagnostic => diagnostic.Id)).ShouldBe(reported);
        Harness.Snapshots.Verify(generation, method: method);
    }
}
