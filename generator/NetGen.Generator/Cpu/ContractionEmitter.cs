using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Operations;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu;

/// <summary>
/// Writes the kernels of a <see cref="StridedContraction"/>: a leaf method per register tile (<see cref="TileEmitter"/>), and over them one
/// method of plain loops (<see cref="ContractionLoops"/>).
/// </summary>
internal static class ContractionEmitter
{
    /// <summary>Adds the kernels and returns the method that runs the contraction.</summary>
    public static Kernel Emit(StridedContraction c, InstructionSet level, KernelSet kernels) =>
        BlockedEmitter.BlockOf(c) is { } block ? BlockedEmitter.Emit(c, block, level, kernels)
        : RowPairEmitter.Suits(c, level) ? RowPairEmitter.Emit(c, level, kernels)
        : EmitWhole(c, level, kernels);

    /// <summary>The same, with the whole reduction in one go.</summary>
    public static Kernel EmitWhole(StridedContraction c, InstructionSet level, KernelSet kernels)
    {
        var products = new Products(c);
        var tiles = new TileAxes(c, level, products);
        var loops = new ContractionLoops(c, level, kernels, products, tiles);
        string method = kernels.Add(c.Name, c.Summary, ContractionParameters.OfLoops(c), loops.Write);
        return new Kernel(method, HasFloor: c.Finish == Finish.ReLU)
        {
            Pieces = Operands.Text(c.Work == Work.Pieces ? tiles.RunsOf(tiles.All[0]).Sum(run => run.Count) : 0),
        };
    }
}
