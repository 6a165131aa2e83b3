namespace NetGen;

/// <summary>
/// Losses added up, each times what its sample counts, and how many answers were right: for classes the samples whose largest output is at their
/// label, for yes or no the outputs on the right side, none of them not-a-number. Answers that do not count are neither right nor wrong.
/// </summary>
internal readonly record struct LossTally(double Sum, long Correct, long Ignored = 0)
{
    public static LossTally operator +(LossTally left, LossTally right) => new(left.Sum + right.Sum, left.Correct + right.Correct, left.Ignored + right.Ignored);
}
