using NetGen.Generator.Tests.Harness;

namespace NetGen.Generator.Tests.Emission;

/// <summary>What a prediction must keep of layers' outputs, of networks small enough to count it by hand.</summary>
public class ActivationBytesTests
{
    /// <summary>Bytes: the outputs are 2×4×4 = 128 bytes where nothing else is said.</summary>
    [Theory]
    [InlineData("Input(4), Linear(4, 2), ReLU, Linear(2, 1)", 8 + 4)]
    [InlineData("Input(1, 2, 2), Flatten, Linear(4, 3)", 12)]
    [InlineData("Input(1, 4, 4), Conv2d(1, 2, 1), BatchNorm2d, ReLU, Dropout(0.5), Flatten", 128)]
    [InlineData("Input(1, 4, 4), Conv2d(1, 2, 1), MaxPool2d(2)", 128 + 32)]
    [InlineData("Input(1, 4, 4), Conv2d(1, 2, 1), ReLU(As = \"a\"), Conv2d(2, 2, 1), ReLU, Add(\"a\"), ReLU", 128 + 128)]
    [InlineData("Input(1, 4, 4), Conv2d(1, 2, 1, As = \"a\"), Conv2d(2, 2, 1), Concat(\"a\")", 256)]
    [InlineData("Input(1, 4, 4), Conv2d(1, 2, 1, As = \"a\"), Conv2d(2, 2, 1), Conv2d(2, 2, 1), Concat(\"a\"), Conv2d(1, 1)", 128 + 128 + 128)]
    [InlineData("Input(1, 4, 4), Conv2d(1, 2, 1), Flatten(As = \"flat\"), Linear(32, 2, bias: false), Linear(2, 32), Add(\"flat\")", 128 + 128 + 8)]
    [InlineData("Input(2, 4, 4), ReLU, Add(\"input\")", 128)]
    [InlineData("Input(1, 4, 4), Conv2d(1, 2, 1, As = \"a\"), Conv2d(9, 1), Flatten, Linear(2), Output(\"side\"), Conv2d(2, 1, From = \"a\")", 128 + 128)]
    public void A_prediction_keeps_as_much(string layers, int bytes) =>
        Generation.Run($"{Compilations.Preamble}[Network, {layers}] public partial class Net;").Files["Net.g.cs"].ShouldContain($"public const long ActivationBytes = {bytes};");
}
