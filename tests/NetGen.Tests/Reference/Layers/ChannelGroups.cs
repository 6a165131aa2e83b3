namespace NetGen.Tests.Reference.Layers;

/// <summary>The places that differ in dimension 1 only, which a softmax normalises together.</summary>
internal static class ChannelGroups
{
    public static void ForEach(LayerCall call, Action<int[]> visit)
    {
        int channels = call.InputShape[0];
        int pixels = call.InputSize / channels;
        for (var n = 0; n < call.Batch; n++)
        {
            for (var pixel = 0; pixel < pixels; pixel++)
                visit([.. Enumerable.Range(0, channels).Select(c => (n * channels + c) * pixels + pixel)]);
        }
    }
}
