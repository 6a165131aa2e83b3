using System.Globalization;

namespace NetGen;

/// <summary>The area under the receiver operating characteristic, by the ranks of the scores (Mann and Whitney, 1947).</summary>
internal sealed class AucMetric(int ofClass) : Metric(
    ofClass == 1 ? "AUC" : ofClass >= 0 ? string.Create(CultureInfo.InvariantCulture, $"AUC of {ofClass}") : throw new ArgumentOutOfRangeException(nameof(ofClass), ofClass, "A class is at least 0."))
{
    private readonly List<(double Score, bool IsOfClass)> scores = [];

    public override double Result
    {
        get
        {
            scores.Sort((one, other) => one.Score.CompareTo(other.Score));
            long ofIt = scores.Count(score => score.IsOfClass), others = scores.Count - ofIt;
            double ranks = 0;
            for (var first = 0; first < scores.Count;)
            {
                int end = first;
                while (end < scores.Count && scores[end].Score.Equals(scores[first].Score))
                    end++;
                // Equal ones share the mean of their ranks, which begin with 1.
                double rank = (first + 1 + end) / 2.0;
                for (; first < end; first++)
                    ranks += scores[first].IsOfClass ? rank : 0;
            }
            return ofIt == 0 || others == 0 ? double.NaN : (ranks - (ofIt * (ofIt + 1) / 2.0)) / ofIt / others;
        }
    }

    protected internal override void Reset() => scores.Clear();

    protected internal override void Add(in MetricSample sample)
    {
        if (ofClass >= sample.Classes)
            throw new InvalidOperationException($"The metric '{Name}' is of class {ofClass}, and there are {sample.Classes}.");
        for (var i = 0; i < sample.Decisions; i++)
        {
            if (sample.Decide(i, out _, out int actual))
                scores.Add((sample.Score(i, ofClass), actual == ofClass));
        }
    }
}
