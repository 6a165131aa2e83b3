using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu;

/// <summary>A network's kernels for one level of instructions.</summary>
internal sealed class LevelKernels(InstructionSet level)
{
    private readonly KernelSet kernels = new();

    /// <summary>The level.</summary>
    public InstructionSet Level => level;

    /// <summary>Adds what an operation needs, and returns the method that does it.</summary>
    public Kernel Add(BoundOperation operation) => operation switch
    {
        StridedContraction c => ContractionEmitter.Emit(c, level, kernels),
        Elementwise e => ElementwiseEmitter.Emit(e, level, kernels),
        LinearDropout d => DropoutEmitter.Emit(d, level, kernels),
        StridedPooling p => PoolingEmitter.Emit(p, level, kernels),
        BiasGradient b => BiasGradientEmitter.Emit(b, level, kernels),
        StridedNormalization n => NormalizationEmitter.Emit(n, level, kernels),
        StridedSoftmax s => SoftmaxEmitter.Emit(s, level, kernels),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation.Name, null),
    };

    /// <summary>The parameters of a method that was added.</summary>
    public IReadOnlyList<Parameter> ParametersOf(string method) => kernels.ParametersOf(method);

    /// <summary>Writes the members of the level's type: what others call by their own names, and the kernels.</summary>
    /// <param name="w">Where to.</param>
    /// <param name="called">The methods that others call by these names.</param>
    public void Write(SourceWriter w, ISet<string> called)
    {
        kernels.Write(w, called);
        foreach (KernelFunction function in kernels.Functions)
            w.Line().Line(function.Text(level));
    }
}
