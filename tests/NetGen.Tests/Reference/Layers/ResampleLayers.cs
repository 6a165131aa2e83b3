namespace NetGen.Tests.Reference.Layers;

/// <summary>Each pixel a weighted sum of pixels of the same channel, rows and columns apart.</summary>
internal abstract record ResampleLayer : Layer
{
    /// <summary>The pixels along an axis that a place is made of, and their weights.</summary>
    protected abstract IEnumerable<(int Place, double Weight)> Taps(int place, int size, bool isRow);

    /// <summary>How many there are along an axis.</summary>
    protected abstract int Extent(int size, bool isRow);

    public override int[] OutputShape(int[] input) => [input[0], Extent(input[1], true), Extent(input[2], false)];

    public override double[] Forward(LayerCall call)
    {
        var output = new double[call.Batch * call.OutputSize];
        Visit(call, (from, to, weight) => output[to] += weight * call.Input[from]);
        return output;
    }

    public override double[] Backward(LayerCall call, double[] output, double[] outputGradient)
    {
        var inputGradient = new double[call.Input.Length];
        Visit(call, (from, to, weight) => inputGradient[from] += weight * outputGradient[to]);
        return inputGradient;
    }

    private void Visit(LayerCall call, Action<int, int, double> term)
    {
        (int[] i, int[] o) = (call.InputShape, call.OutputShape);
        for (var plane = 0; plane < call.Batch * i[0]; plane++)
        {
            for (var row = 0; row < o[1]; row++)
            {
                for (var column = 0; column < o[2]; column++)
                {
                    foreach ((int y, double down) in Taps(row, i[1], true))
                    {
                        foreach ((int x, double along) in Taps(column, i[2], false))
                            term((((plane * i[1]) + y) * i[2]) + x, (((plane * o[1]) + row) * o[2]) + column, down * along);
                    }
                }
            }
        }
    }
}

/// <summary>Pixels around an image.</summary>
internal sealed record PadLayer(int Left, int Right, int Top, int Bottom, PadMode Mode = PadMode.Zeros) : ResampleLayer
{
    public override string Prefix => "pad";

    public override string Attribute => $"Pad([{Left}, {Right}, {Top}, {Bottom}]{(Mode == PadMode.Zeros ? "" : $", PadMode.{Mode}")})";

    /// <summary>Whether an image is large enough.</summary>
    public bool Fits(int[] shape) => Mode switch
    {
        PadMode.Reflect => Math.Max(Left, Right) < shape[2] && Math.Max(Top, Bottom) < shape[1],
        PadMode.Circular => Math.Max(Left, Right) <= shape[2] && Math.Max(Top, Bottom) <= shape[1],
        _ => true,
    };

    protected override int Extent(int size, bool isRow) => size + (isRow ? Top + Bottom : Left + Right);

    protected override IEnumerable<(int Place, double Weight)> Taps(int place, int size, bool isRow)
    {
        int taken = Taken(place - (isRow ? Top : Left), size, Mode);
        return taken < 0 || taken >= size ? [] : [(taken, 1)];
    }

    /// <summary>The pixel that stands at a place beside an image; with zeros, the place itself.</summary>
    public static int Taken(int place, int size, PadMode mode) => mode switch
    {
        PadMode.Reflect => place < 0 ? -place : place > size - 1 ? (2 * (size - 1)) - place : place,
        PadMode.Replicate => Math.Clamp(place, 0, size - 1),
        PadMode.Circular => (place + size) % size,
        _ => place,
    };
}

/// <summary>Pixels taken away at the sides.</summary>
internal sealed record CropLayer(int Left, int Right, int Top, int Bottom) : ResampleLayer
{
    public override string Prefix => "crop";

    public override string Attribute => $"Crop([{Left}, {Right}, {Top}, {Bottom}])";

    protected override int Extent(int size, bool isRow) => size - (isRow ? Top + Bottom : Left + Right);

    protected override IEnumerable<(int Place, double Weight)> Taps(int place, int size, bool isRow) => [(place + (isRow ? Top : Left), 1)];
}

/// <summary>Every so many-th row and column.</summary>
internal sealed record SubsampleLayer(int Step) : ResampleLayer
{
    public override string Prefix => "subsample";

    public override string Attribute => $"Subsample({Step})";

    protected override int Extent(int size, bool isRow) => (size + Step - 1) / Step;

    protected override IEnumerable<(int Place, double Weight)> Taps(int place, int size, bool isRow) => [(place * Step, 1)];
}

/// <summary>A whole number of times as large, pixels repeated or, with pixels as squares, mixed of the two nearest centres.</summary>
internal sealed record UpsampleLayer(int Scale, bool Bilinear = false) : ResampleLayer
{
    /// <summary>Along columns only, for signals.</summary>
    public bool KeepsRows { get; init; }

    public override string Prefix => "upsample";

    public override string Attribute => $"Upsample({Scale}{(Bilinear ? ", UpsampleMode.Bilinear" : "")})";

    protected override int Extent(int size, bool isRow) => isRow && KeepsRows ? size : size * Scale;

    protected override IEnumerable<(int Place, double Weight)> Taps(int place, int size, bool isRow)
    {
        if (isRow && KeepsRows)
            return [(place, 1)];
        if (!Bilinear)
            return [(place / Scale, 1)];
        double centre = Math.Max(0, ((place + 0.5) / Scale) - 0.5), share = centre - Math.Floor(centre);
        int first = (int)Math.Floor(centre);
        return [(first, 1 - share), (Math.Min(first + 1, size - 1), share)];
    }
}

/// <summary>Channels of zeros before and behind those that are there; features where it is a vector.</summary>
internal sealed record PadChannelsLayer(int Before, int After) : Layer
{
    public override string Prefix => "padchannels";

    public override string Attribute => $"PadChannels({Before}, {After})";

    public override int[] OutputShape(int[] input) => [Before + input[0] + After, .. input[1..]];

    public override double[] Forward(LayerCall call)
    {
        int area = ReferenceNetwork.Size(call.InputShape[1..]);
        var output = new double[call.Batch * call.OutputSize];
        for (var n = 0; n < call.Batch; n++)
            call.Input.AsSpan(n * call.InputSize, call.InputSize).CopyTo(output.AsSpan((n * call.OutputSize) + (Before * area)));
        return output;
    }

    public override double[] Backward(LayerCall call, double[] output, double[] outputGradient)
    {
        int area = ReferenceNetwork.Size(call.InputShape[1..]);
        return [.. Enumerable.Range(0, call.Batch).SelectMany(n => outputGradient.Skip((n * call.OutputSize) + (Before * area)).Take(call.InputSize))];
    }
}
