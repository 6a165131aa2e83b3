using System.Globalization;

namespace NetGen.Tests.Reference.Layers;

/// <summary>y[n, c·F + f, p, q] = Σr,s x[n, c, p·stride + r − padding, q·stride + s − padding] · filters[f, r, s]: F filters that are not trained, each for every channel.</summary>
internal sealed record Filter2dLayer(Pair Kernel, Pair Stride, Pair Padding, double[] Values) : WindowLayer(Kernel, Stride, Padding)
{
    /// <summary>What padding is made of.</summary>
    public PadMode PaddingMode { get; init; }

    /// <summary>The names of the filters, if they have some.</summary>
    public string[]? Named { get; init; }

    public override string Prefix => "filter";

    public override string Attribute
    {
        get
        {
            string filters = Named is null ? $", [{string.Join(", ", Values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)))}]"
                : Named is [string one] ? $"ImageFilter.{one}"
                : $"[{string.Join(", ", Named.Select(name => $"ImageFilter.{name}"))}]";
            string arguments = Arguments(new Pair(1));
            // The window follows from names, and stands before numbers.
            int end = arguments.StartsWith('[') ? arguments.IndexOf(']') + 1 : arguments.IndexOf(',') is >= 0 and var comma ? comma : arguments.Length;
            return $"Filter2d({(Named is null ? arguments[..end] : "")}{filters}{arguments[end..]}{(PaddingMode == PadMode.Zeros ? "" : $", paddingMode: PadMode.{PaddingMode}")})";
        }
    }

    private int Filters => Values.Length / (Kernel.Height * Kernel.Width);

    /// <inheritdoc/>
    public override bool Fits(int[] input) =>
        base.Fits(input) && new PadLayer(Before(input).Width, Behind(input).Width, Before(input).Height, Behind(input).Height, PaddingMode).Fits(input);

    public override int[] OutputShape(int[] input) => [input[0] * Filters, .. OutputExtents(input)];

    public override double[] Forward(LayerCall call)
    {
        var output = new double[call.Batch * call.OutputSize];
        ForEachProduct(call, (x, value, y) => output[y] += call.Input[x] * value);
        return output;
    }

    public override double[] Backward(LayerCall call, double[] output, double[] outputGradient)
    {
        var inputGradient = new double[call.Input.Length];
        ForEachProduct(call, (x, value, y) => inputGradient[x] += outputGradient[y] * value);
        return inputGradient;
    }

    /// <inheritdoc/>
    public override double[] Rounded(LayerCall call, double[] output) => ProductRounding.OfOutputs(call, output, Products(call));

    /// <inheritdoc/>
    public override double[] RoundedBackward(LayerCall call, double[] output, double[] outputGradient, double[] inputGradient) =>
        ProductRounding.OfInputGradients(outputGradient, inputGradient, Products(call));

    private ProductRounding.Products Products(LayerCall call) => visit => ForEachProduct(call, visit);

    /// <summary>Every input place, with the number that it is multiplied by, and the output that it is part of.</summary>
    private void ForEachProduct(LayerCall call, Action<int, double, int> visit)
    {
        (int height, int width, int rows, int columns) = (call.InputShape[1], call.InputShape[2], call.OutputShape[1], call.OutputShape[2]);
        Pair before = Before(call.InputShape);
        for (var y = 0; y < call.Batch * call.OutputSize; y++)
        {
            int q = y % columns, p = y / columns % rows, plane = y / columns / rows, f = plane % Filters;
            for (var tap = 0; tap < Kernel.Height * Kernel.Width; tap++)
            {
                int row = PadLayer.Taken(p * Stride.Height + tap / Kernel.Width - before.Height, height, PaddingMode);
                int column = PadLayer.Taken(q * Stride.Width + tap % Kernel.Width - before.Width, width, PaddingMode);
                if (row >= 0 && row < height && column >= 0 && column < width)
                    visit((plane / Filters * height + row) * width + column, Values[f * Kernel.Height * Kernel.Width + tap], y);
            }
        }
    }
}
