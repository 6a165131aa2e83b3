namespace NetGen;

/// <summary>Orders that have as many samples of each class that there is, give or take one.</summary>
internal sealed class BalancedOrder
{
    private readonly DataSet data;
    private readonly int[] byClass;

    /// <summary>The classes that there are, and where the samples of each end among those by class.</summary>
    private readonly int[] classes, ends;

    public BalancedOrder(DataSet data)
    {
        this.data = data;
        byClass = new int[data.Count];
        int[] counts = data.ClassCounts();
        classes = [.. Enumerable.Range(0, counts.Length).Where(label => counts[label] > 0)];
        ends = new int[counts.Length];
    }

    /// <summary>Fills an order of as many samples as the set's: each class is gone through in a random order, as often as it takes.</summary>
    public void Fill(Span<int> order, ref RandomStream random)
    {
        if (order.IsEmpty)
            return;
        Sort();
        (int each, int more) = Math.DivRem(order.Length, classes.Length);
        // Chance, and not its number, says which class has one more.
        int turn = random.NextBelow(classes.Length), start = 0, filled = 0;
        for (int i = 0; i < classes.Length; i++)
        {
            Span<int> members = byClass.AsSpan(start..ends[classes[i]]);
            random.Shuffle(members);
            int wanted = each + ((i + turn) % classes.Length < more ? 1 : 0);
            for (int taken = 0; taken < wanted; taken++)
                order[filled++] = members[taken % members.Length];
            start = ends[classes[i]];
        }
        random.Shuffle(order);
    }

    /// <summary>The samples by class, those of a class in the order of the set: an epoch's order must not depend on those before it.</summary>
    private void Sort()
    {
        ReadOnlySpan<int> labels = data.Labels;
        Array.Clear(ends);
        foreach (int label in labels)
            ends[label]++;
        for (int label = 1; label < ends.Length; label++)
            ends[label] += ends[label - 1];
        for (int sample = labels.Length - 1; sample >= 0; sample--)
            byClass[--ends[labels[sample]]] = sample;
        // What is left are the beginnings, and a class ends where the next begins.
        for (int label = 0; label + 1 < ends.Length; label++)
            ends[label] = ends[label + 1];
        ends[^1] = labels.Length;
    }
}
