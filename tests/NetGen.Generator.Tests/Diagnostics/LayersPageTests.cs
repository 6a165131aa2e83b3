using System.Reflection;
using System.Runtime.CompilerServices;
using NetGen.Generator.Layers;

namespace NetGen.Generator.Tests.Diagnostics;

/// <summary>The help page of layers lists those that there are, with all their arguments.</summary>
public class LayersPageTests
{
    private static readonly Type[] Attributes =
        [.. typeof(LayerAttribute).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(LayerAttribute)) && !type.IsAbstract)];

    [Fact]
    public void Every_layer_is_a_row_with_every_argument()
    {
        string[] expected = [.. Attributes.Select(type => $"{Kind(type)}: {string.Join(' ', Arguments(type))}").Order(StringComparer.Ordinal)];
        Rows().ShouldBe(expected);
        Attributes.Count(type => !type.IsGenericType).ShouldBe(LayerKinds.Readers.Count);
    }

    /// <summary>The attribute's name without its suffix; a use of a block with what stands between its brackets.</summary>
    private static string Kind(Type type) =>
        type.Name.Split('`')[0][..^"Attribute".Length] + (type.IsGenericType ? $"<{string.Join(", ", type.GetGenericArguments().Select(parameter => parameter.Name))}>" : "");

    /// <summary>In brackets: those that not every constructor has, those with a default, and properties.</summary>
    private static IEnumerable<string> Arguments(Type type)
    {
        ParameterInfo[][] constructors = [.. type.GetConstructors().Select(constructor => constructor.GetParameters())];
        ParameterInfo[] longest = constructors.MaxBy(parameters => parameters.Length)!;
        foreach (ParameterInfo parameter in longest)
        {
            bool isAlwaysGiven = !parameter.IsOptional && constructors.All(parameters => parameters.Any(other => other.Name == parameter.Name));
            yield return isAlwaysGiven ? parameter.Name! : $"[{parameter.Name}]";
        }
        foreach (PropertyInfo property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly).Where(property => property.CanWrite))
            yield return $"[{property.Name}]";
    }

    private static IEnumerable<string> Rows([CallerFilePath] string thisFile = "") =>
        File.ReadLines(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "..", "generator", "NetGen.Generator", "Help", "Layers.md"))
            .Where(line => line.StartsWith("| `[", StringComparison.Ordinal))
            .Select(line => line.Split('|'))
            .Select(cells => $"{cells[1].Trim(' ', '`', '[', ']')}: {cells[2].Trim().Replace("`", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal)}");
}
