namespace NetGen.Tests;

public sealed class ShapeTests
{
    [Fact]
    public void PrintsAsPyTorchDoes() => new Shape(6, 1, 5, 5).ToString().ShouldBe("[6, 1, 5, 5]");

    [Fact]
    public void RefusesAnExtentBelowOne() => Should.Throw<ArgumentOutOfRangeException>(() => new Shape(6, 0));

    [Fact]
    public void MayBeWrittenAsItsExtents()
    {
        Shape shape = [6, 1, 5, 5];
        shape.ShouldBe(new Shape(6, 1, 5, 5));
        var walked = new List<int>();
        foreach (int extent in shape)
            walked.Add(extent);
        walked.ShouldBe([6, 1, 5, 5]);
        Should.Throw<ArgumentOutOfRangeException>(() => { Shape empty = [3, 0]; });
    }
}
