using System.Text.Json.Serialization;

namespace NetGen.Tests.Reference.Layers;

/// <summary>A layer whose windows slide over volumes, in the order depth, height, width.</summary>
/// <param name="Kernel">A window's taps.</param>
/// <param name="Stride">Pixels from one window to the next.</param>
/// <param name="Padding">Padding on both sides; before the volume only where there is <see cref="After"/>.</param>
internal abstract record VolumeWindowLayer(int[] Kernel, int[] Stride, int[] Padding) : Layer
{
    /// <summary>Pixels from one tap to the next.</summary>
    public int[] Dilation { get; init; } = [1, 1, 1];

    /// <summary>Padding behind the volume, where it is another than before it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int[]? After { get; init; }

    /// <summary>PyTorch's ceil_mode.</summary>
    public bool CeilMode { get; init; }

    protected int Reach(int axis) => Dilation[axis] * (Kernel[axis] - 1) + 1;

    protected int Behind(int axis) => (After ?? Padding)[axis];

    /// <summary>Whether any window fits a volume of that shape.</summary>
    public virtual bool Fits(int[] input) => Enumerable.Range(0, 3).All(axis => input[axis + 1] + Padding[axis] + Behind(axis) >= Reach(axis));

    protected int[] Counts(int[] input) => [.. Enumerable.Range(0, 3).Select(axis =>
    {
        double room = input[axis + 1] + Padding[axis] + Behind(axis) - Reach(axis);
        int count = (int)(CeilMode ? Math.Ceiling(room / Stride[axis]) : Math.Floor(room / Stride[axis])) + 1;
        return CeilMode && (count - 1) * Stride[axis] >= input[axis + 1] + Padding[axis] ? count - 1 : count;
    })];

    /// <summary>The arguments, as the attribute has them.</summary>
    protected string Arguments(int[] usualStride)
    {
        string Option(string name, int[] value, int[] usual) => value.SequenceEqual(usual) ? "" : $", {name}: [{string.Join(", ", value)}]";
        string padding = After is { } after
            ? Option("padding", [Padding[2], after[2], Padding[1], after[1], Padding[0], after[0]], [])
            : Option("padding", Padding, [0, 0, 0]);
        return $"[{string.Join(", ", Kernel)}]{Option("stride", Stride, usualStride)}{padding}{Option("dilation", Dilation, [1, 1, 1])}";
    }
}

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

    public override double[] Forward(LayerCall call)
    {
        int pixels = call.OutputSize / Out;
        double[] output = [.. Enumerable.Range(0, call.Batch * call.OutputSize).Select(y => Bias ? call.Parameters[1].Values[y / pixels % Out] : 0)];
        ForEachProduct(call, (x, w, y) => output[y] += call.Input[x] * call.Parameters[0].Values[w]);
        return output;
    }

    public override double[] Backward(LayerCall call, double[] output, double[] outputGradient)
    {
        int pixels = call.OutputSize / Out;
        var inputGradient = new double[call.Input.Length];
        for (var y = 0; y < outputGradient.Length && Bias; y++)
            call.Parameters[1].AddGradient(y / pixels % Out, outputGradient[y]);
        ForEachProduct(call, (x, w, y) =>
        {
            call.Parameters[0].AddGradient(w, outputGradient[y] * call.Input[x]);
            inputGradient[x] += outputGradient[y] * call.Parameters[0].Values[w];
        });
        return inputGradient;
    }

    /// <inheritdoc/>
    public override double[] Rounded(LayerCall call, double[] output) => ProductRounding.OfOutputs(call, output, Products(call));

    /// <inheritdoc/>
    public override double[] RoundedBackward(LayerCall call, double[] output, double[] outputGradient, double[] inputGradient) =>
        ProductRounding.OfInputGradients(outputGradient, inputGradient, Products(call));

    private ProductRounding.Products Products(LayerCall call) => visit => ForEachProduct(call, (x, w, y) => visit(x, call.Parameters[0].Values[w], y));

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

/// <summary>The inputs of each output of a pooling of volumes, slice by slice and row by row.</summary>
internal static class VolumeWindows
{
    /// <summary>Calls <paramref name="visit"/> with each output and the inputs of its window, given the first input and that behind the last along an axis.</summary>
    public static void ForEach(LayerCall call, Func<int, int, (int From, int To)> along, Action<int, IReadOnlyList<int>> visit)
    {
        (int[] i, int[] o) = (call.InputShape, call.OutputShape);
        var covered = new List<int>();
        for (var y = 0; y < call.Batch * call.OutputSize; y++)
        {
            covered.Clear();
            ((int s0, int s1), (int r0, int r1), (int c0, int c1)) = (along(0, y / (o[3] * o[2]) % o[1]), along(1, y / o[3] % o[2]), along(2, y % o[3]));
            int plane = y / (o[3] * o[2] * o[1]);
            for (int slice = Math.Max(0, s0); slice < Math.Min(s1, i[1]); slice++)
            {
                for (int row = Math.Max(0, r0); row < Math.Min(r1, i[2]); row++)
                {
                    for (int column = Math.Max(0, c0); column < Math.Min(c1, i[3]); column++)
                        covered.Add(((plane * i[1] + slice) * i[2] + row) * i[3] + column);
                }
            }
            visit(y, covered);
        }
    }
}

/// <summary>MaxPool3d and AvgPool3d: the largest value, or the mean, of each window.</summary>
internal sealed record Pool3dLayer(bool IsMax, int[] Kernel, int[] Stride, int[] Padding) : VolumeWindowLayer(Kernel, Stride, Padding)
{
    /// <summary>PyTorch's count_include_pad.</summary>
    public bool CountIncludePad { get; init; } = true;

    public override string Prefix => "pool";

    public override string Attribute =>
        $"{(IsMax ? "Max" : "Avg")}Pool3d({Arguments(Kernel)}{(CeilMode ? ", ceilMode: true" : "")}{(IsMax || CountIncludePad ? "" : ", countIncludePad: false")})";

    public override int[] OutputShape(int[] input) => [input[0], .. Counts(input)];

    public override double[] Forward(LayerCall call)
    {
        var output = new double[call.Batch * call.OutputSize];
        ForEach(call, (y, window) => output[y] = IsMax ? call.Input[MaxPool2dLayer.First(call.Input, window)] : window.Sum(x => call.Input[x]) / Divisor(call, y, window.Count));
        return output;
    }

    public override double[] Backward(LayerCall call, double[] output, double[] outputGradient)
    {
        var inputGradient = new double[call.Input.Length];
        ForEach(call, (y, window) =>
        {
            if (IsMax)
                inputGradient[MaxPool2dLayer.First(call.Input, window)] += outputGradient[y];
            foreach (int x in IsMax ? [] : window)
                inputGradient[x] += outputGradient[y] / Divisor(call, y, window.Count);
        });
        return inputGradient;
    }

    /// <inheritdoc/>
    public override double Margin(LayerCall call)
    {
        var margin = double.PositiveInfinity;
        ForEach(call, (_, window) => margin = IsMax ? Math.Min(margin, MaxPool2dLayer.Margin(call.Input, window)) : margin);
        return margin;
    }

    private void ForEach(LayerCall call, Action<int, IReadOnlyList<int>> visit) =>
        VolumeWindows.ForEach(call, (axis, place) => (place * Stride[axis] - Padding[axis], place * Stride[axis] - Padding[axis] + Kernel[axis]), visit);

    /// <summary>As PyTorch's loops have it: from the window's start to its end, or to that of the padding.</summary>
    private int Divisor(LayerCall call, int y, int covered)
    {
        if (!CountIncludePad)
            return covered;
        int[] o = call.OutputShape, places = [y / (o[3] * o[2]) % o[1], y / o[3] % o[2], y % o[3]];
        return Enumerable.Range(0, 3).Aggregate(1, (product, axis) =>
        {
            int start = places[axis] * Stride[axis] - Padding[axis];
            return product * (Math.Min(start + Kernel[axis], call.InputShape[axis + 1] + Behind(axis)) - start);
        });
    }
}

/// <summary>AdaptiveMaxPool3d and AdaptiveAvgPool3d: the largest value, or the mean, of each part, as PyTorch cuts them.</summary>
internal sealed record AdaptivePool3dLayer(bool IsMax, int[] Size) : Layer
{
    public override string Prefix => "pool";

    public override string Attribute => $"Adaptive{(IsMax ? "Max" : "Avg")}Pool3d([{string.Join(", ", Size)}])";

    public override int[] OutputShape(int[] input) => [input[0], .. Size];

    public override double[] Forward(LayerCall call)
    {
        var output = new double[call.Batch * call.OutputSize];
        ForEach(call, (y, window) => output[y] = IsMax ? window.Max(x => call.Input[x]) : window.Average(x => call.Input[x]));
        return output;
    }

    public override double[] Backward(LayerCall call, double[] output, double[] outputGradient)
    {
        var inputGradient = new double[call.Input.Length];
        ForEach(call, (y, window) =>
        {
            if (IsMax)
                inputGradient[MaxPool2dLayer.First(call.Input, window)] += outputGradient[y];
            foreach (int x in IsMax ? [] : window)
                inputGradient[x] += outputGradient[y] / window.Count;
        });
        return inputGradient;
    }

    /// <inheritdoc/>
    public override double Margin(LayerCall call)
    {
        var margin = double.PositiveInfinity;
        ForEach(call, (_, window) => margin = IsMax ? Math.Min(margin, MaxPool2dLayer.Margin(call.Input, window)) : margin);
        return margin;
    }

    private void ForEach(LayerCall call, Action<int, IReadOnlyList<int>> visit) => VolumeWindows.ForEach(
        call, (axis, place) => ((int)Math.Floor((double)place * call.InputShape[axis + 1] / Size[axis]), (int)Math.Ceiling((place + 1.0) * call.InputShape[axis + 1] / Size[axis])), visit);
}
