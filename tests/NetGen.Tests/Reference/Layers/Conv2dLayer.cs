namespace NetGen.Tests.Reference.Layers;

/// <summary>
/// y[n, o, p, q] = bias[o] + Σc,r,s x[n, g·C + c, p·stride + r·dilation − padding, q·stride + s·dilation − padding] · weight[o, c, r, s], with 0 outside the image;
/// C = in / groups, and g = ⌊o / (out / groups)⌋ is the group that o is in.
/// </summary>
internal sealed record Conv2dLayer(int In, int Out, Pair Kernel, Pair Stride, Pair Padding, bool Bias = true, int Groups = 1)
    : WindowLayer(Kernel, Stride, Padding)
{
    /// <summary>What padding is made of.</summary>
    public PadMode PaddingMode { get; init; }

    /// <summary>A convolution with the kernel turned round.</summary>
    public bool FlipKernel { get; init; }

    public override string Prefix => "conv";

    public override string Attribute =>
        $"Conv2d({In}, {Out}, {Arguments(new Pair(1))}{(Groups == 1 ? "" : $", groups: {Groups}")}{(Bias ? "" : ", bias: false")}"
        + $"{(PaddingMode == PadMode.Zeros ? "" : $", paddingMode: PadMode.{PaddingMode}")}{(FlipKernel ? ", FlipKernel = true" : "")})";

    /// <inheritdoc/>
    public override bool Fits(int[] input) =>
        base.Fits(input) && new PadLayer(Before(input).Width, Behind(input).Width, Before(input).Height, Behind(input).Height, PaddingMode).Fits(input);

    private int InOfGroup => In / Groups;

    public override IReadOnlyList<ParameterSpec> Parameters =>
    [
        new("weight", [Out, InOfGroup, Kernel.Height, Kernel.Width], Fill.Weight, InOfGroup * Kernel.Height * Kernel.Width),
        .. Bias ? new[] { new ParameterSpec("bias", [Out], Fill.Bias) } : [],
    ];

    public override int[] OutputShape(int[] input) => [Out, .. OutputExtents(input)];

    public override double[] Forward(LayerCall call)
    {
        var output = new double[call.Batch * call.OutputSize];
        if (Bias)
        {
            int pixels = call.OutputSize / Out;
            for (var i = 0; i < output.Length; i++)
                output[i] = call.Parameters[1].Values[i / pixels % Out];
        }
        var sums = new Outputs(call.Input, call.Parameters[0].Values, output);
        ForEachProduct(call, ref sums);
        return output;
    }

    public override double[] Backward(LayerCall call, double[] output, double[] outputGradient)
    {
        if (Bias)
        {
            int pixels = call.OutputSize / Out;
            for (var i = 0; i < outputGradient.Length; i++)
                call.Parameters[1].AddGradient(i / pixels % Out, outputGradient[i]);
        }
        var inputGradient = new double[call.Input.Length];
        var sums = new Gradients(call.Input, call.Parameters[0], call.Parameters[0].Values, outputGradient, inputGradient);
        ForEachProduct(call, ref sums);
        return inputGradient;
    }

    /// <inheritdoc/>
    public override double[] Rounded(LayerCall call, double[] output)
    {
        var terms = new OutputTerms(call.Input, call.Parameters[0].Values, new double[output.Length], new int[output.Length]);
        ForEachProduct(call, ref terms);
        return [.. output.Select((sum, i) => Rounding.OfSum(sum, terms.Squares[i], terms.Counts[i]))];
    }

    /// <inheritdoc/>
    public override double[] RoundedBackward(LayerCall call, double[] output, double[] outputGradient, double[] inputGradient)
    {
        var terms = new InputTerms(outputGradient, call.Parameters[0].Values, new double[inputGradient.Length], new int[inputGradient.Length]);
        ForEachProduct(call, ref terms);
        return [.. inputGradient.Select((sum, i) => Rounding.OfSum(sum, terms.Squares[i], terms.Counts[i]))];
    }

    /// <summary>
    /// What is done with the products of one weight and neighbouring outputs. These are structs, so that the loops are compiled for each: they are most of the time that
    /// the tests take.
    /// </summary>
    private interface IProducts
    {
        /// <summary>Inputs from <paramref name="x"/> on, every so many one, the weight, and as many outputs from <paramref name="y"/> on, by their places.</summary>
        void Visit(int x, int step, int w, int y, int count);
    }

    private readonly record struct Outputs(double[] Input, double[] Weight, double[] Output) : IProducts
    {
        public void Visit(int x, int step, int w, int y, int count)
        {
            double weight = Weight[w];
            for (var i = 0; i < count; i++)
                Output[y + i] += Input[x + (i * step)] * weight;
        }
    }

    private readonly record struct Gradients(double[] Input, ReferenceParameter Parameter, double[] Weight, double[] OutputGradient, double[] InputGradient) : IProducts
    {
        public void Visit(int x, int step, int w, int y, int count)
        {
            double weight = Weight[w], sum = 0, sizes = 0, squares = 0;
            for (var i = 0; i < count; i++)
            {
                double gradient = OutputGradient[y + i], term = gradient * Input[x + (i * step)];
                sum += term;
                sizes += Math.Abs(term);
                squares += term * term;
                InputGradient[x + (i * step)] += gradient * weight;
            }
            Parameter.AddGradient(w, sum, sizes, squares, count);
        }
    }

    private readonly record struct OutputTerms(double[] Input, double[] Weight, double[] Squares, int[] Counts) : IProducts
    {
        public void Visit(int x, int step, int w, int y, int count)
        {
            double weight = Weight[w];
            for (var i = 0; i < count; i++)
            {
                double term = Input[x + (i * step)] * weight;
                Squares[y + i] += term * term;
                Counts[y + i]++;
            }
        }
    }

    private readonly record struct InputTerms(double[] OutputGradient, double[] Weight, double[] Squares, int[] Counts) : IProducts
    {
        public void Visit(int x, int step, int w, int y, int count)
        {
            double weight = Weight[w];
            for (var i = 0; i < count; i++)
            {
                double term = OutputGradient[y + i] * weight;
                Squares[x + (i * step)] += term * term;
                Counts[x + (i * step)]++;
            }
        }
    }

    /// <summary>Every (input, weight, output) place that the formula multiplies.</summary>
    private void ForEachProduct<T>(LayerCall call, ref T products)
        where T : struct, IProducts
    {
        (int kernelRows, int kernelColumns, int inOfGroup) = (Kernel.Height, Kernel.Width, InOfGroup);
        Pair before = Before(call.InputShape);
        PadMode mode = PaddingMode;
        (int stride, int dilation, int padding) = (Stride.Width, Dilation.Width, before.Width);
        (int height, int width) = (call.InputShape[1], call.InputShape[2]);
        (int rows, int columns) = (call.OutputShape[1], call.OutputShape[2]);
        for (var n = 0; n < call.Batch; n++)
        {
            for (var o = 0; o < Out; o++)
            {
                int first = o / (Out / Groups) * inOfGroup;
                for (var c = 0; c < inOfGroup; c++)
                {
                    for (var r = 0; r < kernelRows; r++)
                    {
                        int w = ((o * inOfGroup + c) * kernelRows + (FlipKernel ? kernelRows - 1 - r : r)) * kernelColumns;
                        for (var p = 0; p < rows; p++)
                        {
                            int row = PadLayer.Taken(p * Stride.Height + r * Dilation.Height - before.Height, height, mode);
                            if (row < 0 || row >= height)
                                continue;
                            int x = ((n * In + first + c) * height + row) * width, y = ((n * Out + o) * rows + p) * columns;
                            for (var s = 0; s < kernelColumns; s++)
                            {
                                int weight = w + (FlipKernel ? kernelColumns - 1 - s : s), at = (s * dilation) - padding;
                                // Outputs whose place in the image this tap meets: 0 ≤ q·stride + at < width.
                                int from = at >= 0 ? 0 : (stride - 1 - at) / stride, to = Math.Min(columns, width - 1 - at < 0 ? 0 : ((width - 1 - at) / stride) + 1);
                                if (from < to)
                                    products.Visit(x + (from * stride) + at, stride, weight, y + from, to - from);
                                for (var q = 0; q < columns && mode != PadMode.Zeros; q++)
                                {
                                    if (q < from || q >= to)
                                        products.Visit(x + PadLayer.Taken((q * stride) + at, width, mode), 0, weight, y + q, 1);
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
