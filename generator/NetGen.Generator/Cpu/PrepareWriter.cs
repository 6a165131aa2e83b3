using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Cpu.Planning;
using NetGen.Generator.Operations;
using NetGen.Generator.Text;
using Buffer = NetGen.Generator.Cpu.Planning.Buffer;

namespace NetGen.Generator.Cpu;

/// <summary>Writes what makes prepared weights of parameters, once after each change of these: calls of the runtime.</summary>
internal static class PrepareWriter
{
    private const string Folding = "global::NetGen.Engine.NormalizationFolding", Places = "global::NetGen.Engine.FoldedPlaces";

    public static void Write(SourceWriter w, NetworkPlan plan)
    {
        if (plan.Inference.Prepare.Count == 0)
            return;
        w.Line();
        using (w.Open("public override void Prepare(ref float parameters)"))
        {
            foreach (FoldNormalization fold in plan.Inference.Prepare.OfType<FoldNormalization>())
                Write(w, plan, fold);
        }
    }

    private static void Write(SourceWriter w, NetworkPlan plan, FoldNormalization f)
    {
        int At(int parameter) => parameter < 0 ? -1 : plan.Parameters.Places[parameter].Value.Offset;
        Buffer Prepared(int value) => plan.Parameters.Prepared[plan.Inference.Values[value].Name];
        (string Name, int Place)[] places =
        [
            ("Weights", At(f.W)), ("Bias", At(f.Bias)), ("Scale", At(f.Weight)), ("Shift", At(f.Shift)), ("Mean", At(f.RunningMean)), ("Variance", At(f.RunningVariance)),
            ("FoldedWeights", Prepared(f.FoldedW).Offset), ("FoldedBias", Prepared(f.FoldedBias).Offset),
        ];
        ParameterPlace weights = plan.Parameters.Places[f.W];
        w.Line($"// {weights.Name} and {plan.Program.Nodes[f.Node].Name}");
        w.Line($"{Folding}.{(weights.Layout[0].Step == 1 ? "Across" : "Along")}(");
        w.Line($"    ref parameters, new {Places} {{ {string.Join(", ", places.Select(p => $"{p.Name} = {Literal.Of(p.Place)}"))} }},");
        w.Line($"    {Literal.Of((float)f.Eps)}, {string.Join(", ", Extents(weights).Select(Literal.Of))});");
    }

    /// <summary>Outputs, and the extents of the rows that their weights lie in.</summary>
    private static int[] Extents(ParameterPlace weights)
    {
        TermAxis outputs = weights.Layout[0];
        if (outputs.Step != 1)
            return [outputs.Count, outputs.Step];
        int width = weights.PanelWidth > 0 ? weights.PanelWidth : Layouts.Padded(outputs.Count), panels = (outputs.Count + width - 1) / width;
        return [outputs.Count, panels, weights.Value.Floats / (panels * width), width];
    }
}
