using NetGen.Generator.Graph;
using NetGen.Generator.Text;

namespace NetGen.Generator.Api;

/// <summary>The nested type Pass, which gives each layer's output a property.</summary>
internal static class PassType
{
    public static string Write(NetworkGraph graph)
    {
        var writer = new SourceWriter();
        writer.Line("/// <summary>A forward and backward pass whose activations have names.</summary>");
        using (writer.Open("public sealed class Pass : global::NetGen.NetworkPass"))
        {
            using (writer.Open("internal Pass(global::NetGen.Engine.NetworkState state, int batch, int threads) : base(state, batch, threads)"))
            {
            }
            var names = new HashSet<string>(StringComparer.Ordinal);
            for (var index = 0; index < graph.Layers.Count; index++)
            {
                GraphLayer layer = graph.Layers[index];
                // In a class with mistakes a name may be no name, or be there already.
                if (!LayerNames.IsName(layer.Name) || !names.Add(LayerNames.MemberName(layer.Name)))
                    continue;
                writer.Line().Line($"""
                    /// <summary>The output of <c>{layer.Name}</c>, [n, {layer.Output}].</summary>
                    public global::System.ReadOnlySpan<float> {LayerNames.MemberName(layer.Name)} => Activation({index});
                    """);
            }
            for (var index = 0; index < graph.Outputs.Count; index++)
            {
                GraphOutput output = graph.Outputs[index];
                if (!names.Add(GraphOutput.PropertyOf(output.Name)))
                    continue;
                writer.Line().Line($"""
                    /// <summary>The output <c>{output.Name}</c>, [n, {graph.Layers[output.Node].Output}], and its gradient.</summary>
                    public global::NetGen.PassOutput {GraphOutput.PropertyOf(output.Name)} => Outputs[{index + 1}];
                    """);
            }
        }
        return writer.ToString().TrimEnd('\n');
    }
}
