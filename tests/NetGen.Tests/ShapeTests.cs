namespace NetGen.Tests;

public sealed class ShapeTests
{
    [Fact]
    public void PrintsAsPyTorchDoes() => new Shape(6, 1, 5, 5).ToString().ShouldBe("[6, 1, 5, 5]");

    [Fact]
    public void RefusesAnExtentBelowOne() => Should.Throw<ArgumentOutOfRangeException>(() => new Shape(6, 0));
}
