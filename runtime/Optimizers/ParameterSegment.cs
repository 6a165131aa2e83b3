using System.Collections.Immutable;
using NetGen.Engine;

namespace NetGen;

/// <summary>Neighbouring floats of the trainable parameters that are updated alike.</summary>
/// <param name="From">The first; a multiple of 16.</param>
/// <param name="To">After the last; a multiple of 16.</param>
/// <param name="LearningRateFactor">Multiplies the learning rate.</param>
/// <param name="WeightDecay">The weight decay in place of the optimizer's; null: as it is.</param>
/// <param name="IsMatrix">Whether its parameters are updated as whole matrices.</param>
internal readonly record struct ParameterSegment(int From, int To, double LearningRateFactor, double? WeightDecay, bool IsMatrix)
{
    /// <summary>The segments of a network, in their order and without gaps.</summary>
    /// <param name="network">The network.</param>
    /// <param name="groups">Rules, of which all that a parameter comes under count.</param>
    /// <param name="isMatrix">Which parameters are updated as whole matrices; null: none.</param>
    /// <exception cref="InvalidOperationException">A rule's pattern matches no parameter, or parameters do not lie one behind the other.</exception>
    public static ImmutableArray<ParameterSegment> Of(NetworkState network, IReadOnlyList<ParameterGroup> groups, Func<Parameter, bool>? isMatrix)
    {
        NetworkDefinition definition = network.Definition;
        var whole = new ParameterSegment(0, definition.TrainableFloats, 1, null, false);
        if (groups.Count == 0 && isMatrix is null)
            return [whole];
        Parameter[] trainable = [.. network.Parameters.Where<Parameter>(parameter => parameter.IsTrainable).OrderBy(parameter => parameter.Start)];
        foreach (ParameterGroup group in groups)
        {
            if (group.Pattern is { } pattern && !network.Parameters.Any<Parameter>(group.Contains))
            {
                throw new InvalidOperationException(
                    $"{definition.Name} has no parameter '{Shown.Text(pattern)}', which a group of its optimizer is for. It has {Shown.Names([.. trainable.Select(parameter => parameter.Name)], most: 8)}.");
            }
        }
        ImmutableArray<ParameterSegment>.Builder segments = ImmutableArray.CreateBuilder<ParameterSegment>();
        for (var i = 0; i < trainable.Length; i++)
        {
            int from = i == 0 ? 0 : trainable[i].Start, to = i + 1 < trainable.Length ? trainable[i + 1].Start : definition.TrainableFloats;
            if (from % SampleBlock.Size != 0 || trainable[i].End > to)
                throw new InvalidOperationException($"{definition.Name}: '{trainable[i].Name}' shares its memory with another parameter, and cannot be in a group of its own.");
            ParameterSegment next = Under(groups, trainable[i]) with { From = from, To = to, IsMatrix = isMatrix?.Invoke(trainable[i]) ?? false };
            if (segments.Count > 0 && segments[^1] with { From = from, To = to } == next)
                segments[^1] = segments[^1] with { To = to };
            else
                segments.Add(next);
        }
        return segments.Count == 0 ? [whole] : segments.ToImmutable();
    }

    private static ParameterSegment Under(IReadOnlyList<ParameterGroup> groups, Parameter parameter)
    {
        ParameterGroup[] under = [.. groups.Where(group => group.Contains(parameter))];
        return new ParameterSegment(
            0, 0, under.Aggregate(1.0, (factor, group) => factor * group.LearningRateFactor), under.LastOrDefault(group => group.WeightDecay is not null)?.WeightDecay, false);
    }
}
