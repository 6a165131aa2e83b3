namespace NetGen.Tests.Reference.Layers;

/// <summary>
/// y[n, o, p, q, t] = bias[o] + Σc,i,j,k x[n, g·C + c, p·stride + i·dilation − padding, …] · weight[o, c, i, j, k], with 0 outside the volume; C = in / groups, and
/// g = ⌊o / (out / groups)⌋ is the group that o is in.
/// </summary>
internal sealed record Conv3dLayer(int In, int Out, int[] Kernel, int[] Stride, int[] Padding, bool Bias = true, int Groups = 1) : VolumeWindowLayer(Kernel, Stride, Padding)
{
    /// <summary>What padding is made of.</summary>
    public PadMode PaddingMode { get; init; }

    /// <summary>A convolution with the kernel turned round.</summary>
    public bool FlipKernel { get; init; }

    public override string Prefix => "conv";

    public override string Attribute =>
        $"Conv3d({In}, {Out}, {Arguments([1, 1, 1])}{(Groups == 1 ? "" : $", groups: {Groups}")}{(Bias ? "" : ", bias: false")}"
        + $"{(PaddingMode == PadMode.Zeros ? "" : $", paddingMode: PadMode.{PaddingMode}")}{(FlipKernel ? ", FlipKernel = true" : "")})";

    /// <inheritdoc/>
    public override bool Fits(int[] input) => base.Fits(input) && Enumerable.Range(0, 3).All(axis => Math.Max(Padding[axis], Behind(axis)) <= PaddingMode switch
    {
        PadMode.Reflect => input[axis + 1] - 1,
        PadMode.Circular => input[axis + 1],
        _ => int.MaxValue,
    });

    public override IReadOnlyList<ParameterSpec> Parameters =>
    [
        new("weight", [Out, In / Groups, .. Kernel], Fill.Weight, In / Groups * Kernel[0] * Kernel[1] * Kernel[2]),
        .. Bias ? new[] { new ParameterSpec("bias", [Out], Fill.Bias) } : [],
    ];

    public override int[] OutputShape(int[] input) => [Out, .. Counts(input)];

    public override double[] Forward(LayerCall call) => Products(call).Forward();

    public override double[] Backward(LayerCall call, double[] output, double[] outputGradient) => Products(call).Backward(outputGradient);

    /// <inheritdoc/>
    public override double[] Rounded(LayerCall call, double[] output) => Products(call).Rounded(output);

    /// <inheritdoc/>
    public override double[] RoundedBackward(LayerCall call, double[] output, double[] outputGradient, double[] inputGradient) =>
        Products(call).RoundedBackward(outputGradient, inputGradient);

    private WeightedProducts Products(LayerCall call)
    {
        int pixels = call.OutputSize / Out;
        return new(call, visit => ForEachProduct(call, visit), Bias ? y => y / pixels % Out : null);
    }

    private void ForEachProduct(LayerCall call, Action<int, int, int> visit)
    {
        (int[] i, int[] o, int ofGroup) = (call.InputShape, call.OutputShape, In / Groups);
        int At(int axis, int place, int tap) => PadLayer.Taken(place * Stride[axis] + tap * Dilation[axis] - Padding[axis], i[axis + 1], PaddingMode);
        int Tap(int axis, int tap) => FlipKernel ? Kernel[axis] - 1 - tap : tap;
        for (var y = 0; y < call.Batch * call.OutputSize; y++)
        {
            (int t, int q, int p) = (y % o[3], y / o[3] % o[2], y / (o[3] * o[2]) % o[1]);
            (int channel, int n) = (y / (o[3] * o[2] * o[1]) % Out, y / call.OutputSize);
            for (var c = 0; c < ofGroup; c++)
            {
                for (var a = 0; a < Kernel[0]; a++)
                {
                    for (var b = 0; b < Kernel[1]; b++)
                    {
                        for (var d = 0; d < Kernel[2]; d++)
                        {
                            (int slice, int row, int column) = (At(0, p, a), At(1, q, b), At(2, t, d));
                            if (slice < 0 || slice >= i[1] || row < 0 || row >= i[2] || column < 0 || column >= i[3])
                                continue;
                            int from = channel / (Out / Groups) * ofGroup + c;
                            visit(
                                (((n * In + from) * i[1] + slice) * i[2] + row) * i[3] + column,
                                (((channel * ofGroup + c) * Kernel[0] + Tap(0, a)) * Kernel[1] + Tap(1, b)) * Kernel[2] + Tap(2, d), y);
                        }
                    }
                }
            }
        }
    }
}
