using NetGen.Generator.Cpu.Kernels;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>Operations on pixels as calls of the methods that a project shares.</summary>
internal static class SharedCalls
{
    /// <summary>The call; null: it is none of these.</summary>
    public static WideCall? Of(BoundOperation operation) => operation switch
    {
        PixelMap m => ElementwiseCalls.Of(m.Function, m.Shape.Channels, m.Shape.Height, m.Shape.Width, m.First, m.Last),
        PixelDropout d => DropoutCalls.Of(d),
        PixelPooling { Uneven: { } uneven } p => UnevenPoolingCalls.Of(p, uneven),
        PixelPoolingGradient { Uneven: { } uneven } p => UnevenPoolingCalls.Of(p, uneven),
        PixelPooling { IsMax: true } p => PoolingCalls.MaxPool(p.Channels, p.Rows, p.Columns, p.X, p.Y),
        PixelPooling p => PoolingCalls.AveragePool(p.Channels, p.Rows, p.Columns, p.X, p.Y),
        PixelPoolingGradient { IsMax: true } p => PoolingCalls.MaxPoolGradient(p.Channels, p.Rows, p.Columns, p.X, p.Y, p.DY, p.DX, p.MasksByInput),
        PixelPoolingGradient p => PoolingCalls.AveragePoolGradient(p.Channels, p.Rows, p.Columns, p.DY, p.DX),
        PixelSums s => NormalizationCalls.BiasGradient(s.Shape.Channels, s.Shape.Height, s.Shape.Width, s.DY),
        PixelNormalization n => Of(n, n.Shape),
        PixelSampleNormalization n => SampleNormalizationCalls.Of(n),
        PixelResponseNormalization n => ResponseNormalizationCalls.Of(n),
        PixelResampling r => ResamplingCalls.Of(r),
        PixelLocalProduct p => LocalProductCalls.Of(p),
        PixelSoftmax s => Of(s, s.Shape),
        WinogradContraction c => WinogradCalls.Of(c),
        DepthwiseContraction c => DepthwiseCalls.Of(c),
        _ => null,
    };

    private static WideCall Of(PixelNormalization n, PixelShape s) => n.Part switch
    {
        NormalizationPart.BatchStatistics => NormalizationCalls.BatchStatistics(s.Channels, s.Height, s.Width, n.X, n.Eps, n.Momentum),
        NormalizationPart.RunningStatistics => NormalizationCalls.RunningStatistics(s.Channels, n.Eps),
        NormalizationPart.Normalize => NormalizationCalls.Normalize(s.Channels, s.Height, s.Width, n.X, n.Result),
        NormalizationPart.ParameterGradient => NormalizationCalls.NormalizeParameterGradient(s.Channels, s.Height, s.Width, n.X, n.DY),
        NormalizationPart.InputGradient => NormalizationCalls.NormalizeInputGradient(s.Channels, s.Height, s.Width, n.X, n.DY, n.Result),
        _ => NormalizationCalls.NormalizeInputGradientRunning(s.Channels, s.Height, s.Width, n.DY, n.Result),
    };

    private static WideCall Of(PixelSoftmax n, PixelShape s) => (n.IsLog, n.IsGradient) switch
    {
        var (isLog, isGradient) when n.IsPerPixel => SoftmaxCalls.OfChannels(isLog, isGradient, s.Channels, s.Height, s.Width, n.First, n.Last),
        (false, false) => SoftmaxCalls.Softmax(s.Channels, s.Height, s.Width, n.First, n.Last),
        (true, false) => SoftmaxCalls.LogSoftmax(s.Channels, s.Height, s.Width, n.First, n.Last),
        (false, true) => SoftmaxCalls.SoftmaxGradient(s.Channels, s.Height, s.Width, n.First, n.Last),
        _ => SoftmaxCalls.LogSoftmaxGradient(s.Channels, s.Height, s.Width, n.First, n.Last),
    };
}
