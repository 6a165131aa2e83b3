using Microsoft.CodeAnalysis;
using NetGen.Generator.Api;
using NetGen.Generator.Cpu;
using NetGen.Generator.Graph;
using NetGen.Generator.Reading;
using NetGen.Generator.Tests.Harness;

namespace NetGen.Generator.Tests.Emission;

/// <summary>A network of four times the layers takes four times the work, so thousands of layers stay a matter of seconds.</summary>
public class ManyLayersTests
{
    private const int Few = 500, Times = 4;

    [Theory]
    [InlineData("Input(8)", "Linear(8), ReLU")]
    [InlineData("Input(8)", "Tanh, Sigmoid")]
    [InlineData("Input(8)", "BatchNorm1d, Dropout(0.5)")]
    [InlineData("Input(4, 2, 2)", "Conv2d(4, 1), ReLU")]
    public void Memory_that_the_generator_allocates_grows_as_the_layers_do(string input, string layers)
    {
        // What is compiled or looked up at the first time is no layer's.
        Allocated(input, layers, 10);
        long few = Allocated(input, layers, Few), many = Allocated(input, layers, Times * Few);
        ((double)many / few).ShouldBeLessThan(1.25 * Times);
    }

    /// <summary>Bytes that this thread allocates from the class's symbol to all text.</summary>
    private static long Allocated(string input, string layers, int count)
    {
        string attributes = string.Join(", ", Enumerable.Repeat(layers, count / 2));
        Compilation compilation = Compilations.Create($"{Compilations.Preamble}[Network, {input}, {attributes}] public partial class Net;");
        INamedTypeSymbol network = compilation.GetTypeByMetadataName("Net")!;
        // The compiler's own work, which is done once.
        network.GetAttributes().Length.ShouldBe(count + 2);
        long before = GC.GetAllocatedBytesForCurrentThread();
        NetworkGraph graph = GraphBuilder.Build(NetworkReader.Read(network, compilation, CancellationToken.None), CancellationToken.None);
        SurfaceEmitter.Emit(graph).ShouldNotBeNull();
        ProgramEmitter.Emit(graph, CancellationToken.None).Files.Count.ShouldBe(5);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
