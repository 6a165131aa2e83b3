namespace NetGen.Generator.Expressions;

/// <summary>A number of a block that its uses may choose.</summary>
/// <param name="Name">The constant's name.</param>
/// <param name="Otherwise">Its declared value, which may hang on other parameters.</param>
internal sealed record BlockParameter(string Name, Expression Otherwise);
