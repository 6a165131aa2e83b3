namespace NetGen;

/// <content>Classes that are not all as frequent.</content>
public sealed partial class DataSet
{
    /// <summary>How many samples each class has.</summary>
    /// <exception cref="InvalidOperationException">The samples have targets, not classes.</exception>
    public int[] ClassCounts()
    {
        CheckClasses();
        var counts = new int[ClassCount];
        foreach (int label in Labels)
            counts[label]++;
        return counts;
    }

    /// <summary>
    /// A weight for each class by which all count alike together, scikit-learn's "balanced": samples / (classes · samples of the class), and 0 for a class
    /// without any, which is none of the classes in that formula. <c>Loss.WeightedCrossEntropy(train.ClassWeights())</c>
    /// </summary>
    /// <exception cref="InvalidOperationException">The samples have targets, not classes.</exception>
    public float[] ClassWeights()
    {
        int[] counts = ClassCounts();
        int there = counts.Count(count => count > 0);
        return [.. counts.Select(count => count > 0 ? (float)((double)Count / ((double)there * count)) : 0)];
    }

    /// <summary>
    /// The same samples for training on all classes alike: every epoch of shuffled <see cref="Batches"/> has as many samples as the set, and as many of
    /// each class that there is, give or take one. Of a frequent class others are left out in every epoch, those of a rare one come several times. Batches
    /// in the set's order are as they were.
    /// </summary>
    /// <exception cref="InvalidOperationException">The samples have targets, not classes.</exception>
    public DataSet BalanceClasses()
    {
        CheckClasses();
        return Made(Batching with { IsBalanced = true });
    }

    /// <summary>
    /// The same samples with targets in the place of classes, 1 for the class and 0 for the others: what a loss over values compares with, and what
    /// <see cref="Augment.Mixup"/> can mix. Batches of them cannot be balanced.
    /// </summary>
    /// <exception cref="InvalidOperationException">The samples have targets, not classes.</exception>
    public DataSet OneHot()
    {
        CheckClasses();
        var hot = new float[checked(Count * ClassCount)];
        for (int i = 0; i < Count; i++)
            hot[(i * ClassCount) + Labels[i]] = 1;
        var learnt = new DataSet(InputShape, inputs, hot, new Shape(ClassCount)) { Batching = Batching with { IsBalanced = false }, Levels = Levels };
        return HasWeights ? learnt.WithWeights(weights) : learnt;
    }

    /// <summary>
    /// Parts of the set, chosen at random: what to train on, and what to measure on. <c>var (train, validation) = data.Split(heldOut: 0.1, seed: 1);</c>
    /// Both keep the order of the set.
    /// </summary>
    /// <param name="heldOut">The second part's share of the samples, between 0 and 1, rounded to whole samples.</param>
    /// <param name="seed">Fixes which.</param>
    /// <param name="stratify">Whether each class has the same share of both parts, give or take a sample: of rare ones too few are held out by chance alone.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="heldOut"/> is not between 0 and 1.</exception>
    /// <exception cref="InvalidOperationException">The samples have no classes by which to stratify.</exception>
    public DataSplit Split(double heldOut, Seed seed, bool stratify = false)
    {
        Check.ProperFraction(heldOut);
        if (stratify)
            CheckClasses();
        var isHeldOut = new bool[Count];
        var most = (int)Math.Round(heldOut * Count);
        var order = new int[Count];
        new RandomStream(seed).Permutation(order);
        int[] room = stratify ? Shares(heldOut, most) : [most];
        foreach (int sample in order)
        {
            ref int left = ref room[stratify ? Labels[sample] : 0];
            isHeldOut[sample] = left > 0;
            left -= left > 0 ? 1 : 0;
        }
        return new(Where(isHeldOut, false), Where(isHeldOut, true));
    }

    /// <summary>How many of each class are held out: its share rounded down, and one more where the most was lost by that.</summary>
    private int[] Shares(double heldOut, int most)
    {
        double[] exact = [.. ClassCounts().Select(count => heldOut * count)];
        int[] shares = [.. exact.Select(share => (int)share)];
        int left = most - shares.Sum();
        foreach (int label in Enumerable.Range(0, ClassCount).OrderByDescending(label => exact[label] - shares[label]).ThenBy(label => label).Take(Math.Max(0, left)))
            shares[label]++;
        return shares;
    }

    private DataSet Where(bool[] isHeldOut, bool wanted)
    {
        int[] indices = [.. Enumerable.Range(0, Count).Where(i => isHeldOut[i] == wanted)];
        return At(indices);
    }

    /// <summary>Copies of the samples of that order.</summary>
    private DataSet At(int[] order)
    {
        var chosen = new SampleBuffer(this, order.Length);
        Gather(order, chosen);
        return new(this, order.Length, chosen.Inputs, chosen.Labels, chosen.Targets, chosen.Weights);
    }

    private void CheckClasses()
    {
        if (!HasLabels)
            throw new InvalidOperationException($"These samples have targets of shape {TargetShape}, and no classes.");
    }
}
