using NetGen;

namespace TabularSample;

/// <summary>Looks at a network after some epochs of its training.</summary>
/// <param name="epochs">After which.</param>
/// <param name="look">What looks.</param>
internal sealed class Snapshots(int[] epochs, Action look) : Callback
{
    protected override void OnEpochEnd(TrainingRun run, EpochResult epoch)
    {
        if (epochs.Contains(epoch.Epoch))
            look();
    }
}
