namespace NetGen.Generator.Graph;

/// <summary>A further output of a network.</summary>
/// <param name="Name">What the attribute calls it.</param>
/// <param name="Node">The layer whose output it is.</param>
internal sealed record GraphOutput(string Name, int Node)
{
    /// <summary>The constant that has its size.</summary>
    public static string SizeOf(string name) => LayerNames.Capitalised(name) + "Size";

    /// <summary>The property that has its shape.</summary>
    public static string ShapeOf(string name) => LayerNames.Capitalised(name) + "Shape";

    /// <summary>The property of Pass that gives it.</summary>
    public static string PropertyOf(string name) => LayerNames.Capitalised(name) + "Output";

    /// <summary>Whether constants and members can begin with the name.</summary>
    public static bool IsName(string name) => LayerNames.IsName(name) && name.IndexOf('.') < 0 && char.IsLetter(name[0]) && GeneratedMembers.Named(SizeOf(name)).Count == 0;
}
