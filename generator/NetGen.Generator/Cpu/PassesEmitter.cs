using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Cpu.Planning;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu;

/// <summary>Writes a network's passes: sequences of calls.</summary>
internal sealed class PassesEmitter
{
    private const string Alone = "// Nobody begins while another still reads what is to be overwritten.";

    private readonly NetworkPlan plan;
    private readonly KernelTable kernels;

    private PassesEmitter(NetworkPlan plan, KernelTable kernels) => (this.plan, this.kernels) = (plan, kernels);

    /// <summary>Writes the members of the passes' class; the table then has all that they call.</summary>
    public static void Emit(SourceWriter w, NetworkPlan plan, KernelTable kernels) => new PassesEmitter(plan, kernels).Emit(w);

    private void Emit(SourceWriter w)
    {
        // Predictions must know where the memory of a worker lies before they call the first kernel that needs some.
        foreach (Step step in plan.PredictIsShared ? plan.Steps.Where(step => step.Operation.HasKernel) : [])
            kernels.KernelOf(step.Operation);
        WritePredict(w);
        var training = new PassWriter(plan.Training, kernels);
        training.WriteForward(w);
        training.WriteBackward(w);
        training.WriteInputGradient(w);
        training.WriteMaterialize(w);
        w.Line().Line($"private static ref float {PassWriter.At}(ref float start, nint floats) => ref Unsafe.Add(ref start, floats);");
    }

    /// <summary>Groups of 16 while there are enough samples, then samples in small chunks whose activations stay in the cache.</summary>
    private void WritePredict(SourceWriter w)
    {
        w.Line(KernelSet.Attribute);
        bool isShared = plan.PredictIsShared;
        (string team, string given) = isShared ? ($", in {PassWriter.Team} team", ", in team") : ("", "");
        using (w.Open($"public static void Predict(ref float parameters, ref float inputs, ref float outputs, int count, ref float arena{team})"))
        {
            w.Line("int n = 0;");
            string Chunk(int samples) => $"ref parameters, ref {PassWriter.At}(ref inputs, (nint)n * {plan.InputSize}), ref {PassWriter.At}(ref outputs, (nint)n * {plan.OutputSize}), Math.Min({samples}, count - n), ref arena";
            if (plan.PredictGroups is { IsShared: var areShared })
            {
                using (w.Open($"for (; count - n >= {NetworkPlan.MinGroup}; n += Math.Min({plan.GroupsChunk}, count - n))"))
                {
                    if (areShared)
                        w.Line(Alone).Line("team.Wait();");
                    w.Line($"PredictGroup({Chunk(plan.GroupsChunk)}{(areShared ? given : "")});");
                }
            }
            using (w.Open($"for (; n < count; n += {plan.PredictChunk})"))
            {
                if (isShared)
                    w.Line(Alone).Line("team.Wait();");
                w.Line($"PredictChunk({Chunk(plan.PredictChunk)}{given});");
            }
        }
        if (plan.PredictGroups is not null)
            new PassWriter(plan.PredictGroups, kernels).WritePredict(w, "PredictGroup", plan.GroupsChunk, plan.PredictScratch);
        new PassWriter(plan.PredictSamples, kernels).WritePredict(w, "PredictChunk", plan.PredictChunk, plan.PredictScratch);
    }
}
