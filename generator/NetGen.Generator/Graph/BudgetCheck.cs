using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Layers;

namespace NetGen.Generator.Graph;

/// <summary>Whether a network costs no more than its [Budget] allows; where it does, which layers cost most.</summary>
internal static class BudgetCheck
{
    private const int MostLayers = 3;

    private static readonly IReadOnlyDictionary<string, Cost> Costs = new Dictionary<string, Cost>
    {
        ["Parameters"] = new("parameters", layers => [.. layers.Select(layer => layer.ParameterCount)], IsSum: true),
        ["MultiplyAdds"] = new("multiply-adds", layers => [.. layers.Select(layer => layer.MultiplyAdds)], IsSum: true),
        ["ActivationBytes"] = new("bytes of activations", ActivationMemory.Of, IsSum: false),
    };

    /// <summary>Limits that are none, and those that are exceeded.</summary>
    public static IEnumerable<Problem> Of(NetworkDeclaration declaration, EquatableArray<GraphLayer> layers)
    {
        for (var index = 0; index < declaration.Attributes.Count; index++)
        {
            foreach (KeyValuePair<string, long> limit in (declaration.Attributes[index] as DeclaredBudget)?.Limits ?? [])
            {
                IEnumerable<Problem> problems = limit.Value < 0
                    ? Check.That(false, "Budget", limit.Key, "at least 0", limit.Value)
                    : Exceeded(declaration.Identity.Name, limit, Costs[limit.Key], layers);
                foreach (Problem problem in problems)
                    yield return problem with { Attribute = index };
            }
        }
    }

    private static IEnumerable<Problem> Exceeded(string network, KeyValuePair<string, long> limit, Cost cost, EquatableArray<GraphLayer> layers)
    {
        IReadOnlyList<long> costs = cost.OfLayers(layers);
        long whole = cost.IsSum ? costs.Sum() : costs.Max();
        if (whole <= limit.Value)
            yield break;
        IEnumerable<string> most = layers.Zip(costs, (layer, own) => (layer.Name, Own: own)).Where(layer => layer.Own > 0).OrderByDescending(layer => layer.Own).Take(MostLayers)
            .Select(layer => $"{layer.Name} ({Limits.Text(layer.Own)})");
        yield return Problem.Of(Rules.BudgetExceeded, network, Limits.Text(whole), cost.Name, Limits.Text(limit.Value), string.Join(", ", most)).At(limit.Key);
    }

    /// <param name="Name">In the words of the message.</param>
    /// <param name="OfLayers">What each layer costs.</param>
    /// <param name="IsSum">The network costs what its layers cost together; else what the worst one does.</param>
    private sealed record Cost(string Name, Func<EquatableArray<GraphLayer>, IReadOnlyList<long>> OfLayers, bool IsSum);
}
