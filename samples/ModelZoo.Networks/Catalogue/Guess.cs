namespace ModelZoo.Catalogue;

/// <summary>What a picture may show.</summary>
/// <param name="Class">The class's number.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Probability">How probable it is, 0 to 1.</param>
public sealed record Guess(int Class, string Name, float Probability);
