namespace NetGen;

/// <summary>Losses added up, and how many samples' largest output was at their label, none of their outputs not-a-number.</summary>
internal readonly record struct LossTally(double Sum, int Correct)
{
    public static LossTally operator +(LossTally left, LossTally right) => new(left.Sum + right.Sum, left.Correct + right.Correct);
}
