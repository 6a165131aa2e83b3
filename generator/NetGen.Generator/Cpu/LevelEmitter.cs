using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Cpu.Planning;
using NetGen.Generator.Cpu.Wide;
using NetGen.Generator.Operations;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu;

/// <summary>Writes the class of kernels for one level of instructions: the passes as sequences of calls, then the kernels that they call.</summary>
internal sealed class LevelEmitter
{
    private readonly NetworkPlan plan;
    private readonly InstructionSet level;
    private readonly DriverSet drivers;
    private readonly KernelSet kernels = new();
    private readonly Dictionary<BoundOperation, Kernel> known = [];
    private readonly CancellationToken cancellation;

    private LevelEmitter(NetworkPlan plan, InstructionSet level, DriverSet drivers, CancellationToken cancellation) =>
        (this.plan, this.level, this.drivers, this.cancellation) = (plan, level, drivers, cancellation);

    /// <summary>Writes the members of the level's class.</summary>
    public static void Emit(SourceWriter w, NetworkPlan plan, InstructionSet level, DriverSet drivers, CancellationToken cancellation) =>
        new LevelEmitter(plan, level, drivers, cancellation).Emit(w);

    private void Emit(SourceWriter w)
    {
        WritePredict(w);
        var training = new PassWriter(plan.Training, this);
        training.WriteForward(w);
        training.WriteBackward(w);
        training.WriteInputGradient(w);
        training.WriteMaterialize(w);
        kernels.Write(w);
        foreach (KernelFunction function in kernels.Functions)
            w.Line().Line(function.Text(level));
    }

    /// <summary>The kernel of an operation.</summary>
    public Kernel KernelOf(BoundOperation operation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (known.TryGetValue(operation, out Kernel? kernel))
            return kernel;
        kernel = drivers.KernelOf(operation) ?? Make(operation);
        known.Add(operation, kernel);
        return kernel;
    }

    private Kernel Make(BoundOperation operation) =>
        operation switch
        {
            StridedContraction c => ContractionEmitter.Emit(c, level, kernels),
            Elementwise e => ElementwiseEmitter.Emit(e, level, kernels),
            StridedPooling p => PoolingEmitter.Emit(p, level, kernels),
            BiasGradient b => BiasGradientEmitter.Emit(b, level, kernels),
            StridedNormalization n => NormalizationEmitter.Emit(n, level, kernels),
            StridedSoftmax s => SoftmaxEmitter.Emit(s, level, kernels),
            _ => throw new ArgumentOutOfRangeException(nameof(operation), operation.Name, null),
        };

    /// <summary>Groups of 16 while there are enough samples, then samples in small chunks whose activations stay in the cache.</summary>
    private void WritePredict(SourceWriter w)
    {
        w.Line(KernelSet.Attribute);
        bool isShared = plan.PredictIsShared;
        (string team, string given) = isShared ? ($", in {PassWriter.Team} team", ", in team") : ("", "");
        using (w.Open($"public static void Predict(ref float parameters, ref float inputs, ref float outputs, int count, ref float arena{team})"))
        {
            w.Line("int n = 0;");
            if (plan.PredictGroup is not null)
            {
                using (w.Open($"for (; count - n >= {NetworkPlan.MinGroup}; n += Math.Min({InstructionSet.Block}, count - n))"))
                    w.Line($"PredictGroup(ref parameters, ref Unsafe.Add(ref inputs, (nint)n * {plan.InputSize}), ref Unsafe.Add(ref outputs, (nint)n * {plan.OutputSize}), Math.Min({InstructionSet.Block}, count - n), ref arena);");
            }
            using (w.Open($"for (; n < count; n += {plan.PredictChunk})"))
            {
                if (isShared)
                    w.Line("// Nobody begins while another still reads what is to be overwritten.").Line("team.Wait();");
                w.Line($"PredictChunk(ref parameters, ref Unsafe.Add(ref inputs, (nint)n * {plan.InputSize}), ref Unsafe.Add(ref outputs, (nint)n * {plan.OutputSize}), Math.Min({plan.PredictChunk}, count - n), ref arena{given});");
            }
        }
        if (plan.PredictGroup is not null)
            new PassWriter(plan.PredictGroup, this).WritePredict(w, "PredictGroup", InstructionSet.Block);
        new PassWriter(plan.PredictSamples, this).WritePredict(w, "PredictChunk", plan.PredictChunk);
    }
}
