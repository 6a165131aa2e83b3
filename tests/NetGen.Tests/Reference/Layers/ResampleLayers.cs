using System.Text.Json.Serialization;

namespace NetGen.Tests.Reference.Layers;

/// <summary>Each pixel of a signal, an image or a volume a weighted sum of pixels of the same channel, each direction for itself.</summary>
internal abstract record ResampleLayer : Layer
{
    /// <summary>The pixels along an axis that a place is made of, and their weights.</summary>
    /// <param name="place">The place.</param>
    /// <param name="size">How many pixels there are.</param>
    /// <param name="axis">0: columns, 1: rows, 2: slices.</param>
    protected abstract IEnumerable<(int Place, double Weight)> Taps(int place, int size, int axis);

    /// <summary>How many there are along an axis.</summary>
    protected abstract int Extent(int size, int axis);

    public override int[] OutputShape(int[] input) => [input[0], .. input.Skip(1).Select((size, i) => Extent(size, input.Length - 2 - i))];

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
        for (var y = 0; y < call.Batch * call.OutputSize; y++)
        {
            foreach ((int x, double weight) in TapsOf(call.InputShape, call.OutputShape, y, call.InputShape.Length - 1))
                term(x, y, weight);
        }
    }

    /// <summary>What a place is made of, by its number among those of the dimensions up to one; the channels of all samples are the first.</summary>
    private IEnumerable<(int Place, double Weight)> TapsOf(int[] input, int[] output, int place, int dimension) => dimension == 0
        ? [(place, 1)]
        : from outer in TapsOf(input, output, place / output[dimension], dimension - 1)
          from tap in Taps(place % output[dimension], input[dimension], input.Length - 1 - dimension)
          select ((outer.Place * input[dimension]) + tap.Place, outer.Weight * tap.Weight);
}

/// <summary>Numbers of pixels on the sides.</summary>
/// <param name="Slices">In front of a volume and behind it; null: it is none.</param>
internal abstract record SidesLayer(int Left, int Right, int Top, int Bottom, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int[]? Slices) : ResampleLayer
{
    /// <summary>Those along an axis.</summary>
    protected (int Before, int After) Along(int axis) => axis switch { 0 => (Left, Right), 1 => (Top, Bottom), _ => (Slices![0], Slices[1]) };

    /// <summary>As the attribute has them.</summary>
    protected string Numbers => $"[{Left}, {Right}, {Top}, {Bottom}{(Slices is null ? "" : $", {Slices[0]}, {Slices[1]}")}]";
}

/// <summary>Pixels around an image or a volume.</summary>
internal sealed record PadLayer(int Left, int Right, int Top, int Bottom, PadMode Mode = PadMode.Zeros, int[]? Slices = null) : SidesLayer(Left, Right, Top, Bottom, Slices)
{
    public override string Prefix => "pad";

    public override string Attribute => $"Pad({Numbers}{(Mode == PadMode.Zeros ? "" : $", PadMode.{Mode}")})";

    /// <summary>Whether an image is large enough.</summary>
    public bool Fits(int[] shape) => Enumerable.Range(0, shape.Length - 1).All(axis =>
    {
        int size = shape[shape.Length - 1 - axis], most = Math.Max(Along(axis).Before, Along(axis).After);
        return Mode switch { PadMode.Reflect => most < size, PadMode.Circular => most <= size, _ => true };
    });

    protected override int Extent(int size, int axis) => Along(axis).Before + size + Along(axis).After;

    protected override IEnumerable<(int Place, double Weight)> Taps(int place, int size, int axis)
    {
        int taken = Taken(place - Along(axis).Before, size, Mode);
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
internal sealed record CropLayer(int Left, int Right, int Top, int Bottom, int[]? Slices = null) : SidesLayer(Left, Right, Top, Bottom, Slices)
{
    public override string Prefix => "crop";

    public override string Attribute => $"Crop({Numbers})";

    protected override int Extent(int size, int axis) => size - Along(axis).Before - Along(axis).After;

    protected override IEnumerable<(int Place, double Weight)> Taps(int place, int size, int axis) => [(place + Along(axis).Before, 1)];
}

/// <summary>Every so many-th row and column, and slice.</summary>
internal sealed record SubsampleLayer(int Step) : ResampleLayer
{
    public override string Prefix => "subsample";

    public override string Attribute => $"Subsample({Step})";

    protected override int Extent(int size, int axis) => (size + Step - 1) / Step;

    protected override IEnumerable<(int Place, double Weight)> Taps(int place, int size, int axis) => [(place * Step, 1)];
}

/// <summary>A whole number of times as large, pixels repeated or, with pixels as squares or cubes, mixed of the two nearest centres.</summary>
internal sealed record UpsampleLayer(int Scale, bool Bilinear = false) : ResampleLayer
{
    /// <summary>Along columns only, for signals.</summary>
    public bool KeepsRows { get; init; }

    /// <summary>What is mixed are volumes.</summary>
    public bool Trilinear { get; init; }

    public override string Prefix => "upsample";

    public override string Attribute => $"Upsample({Scale}{(Trilinear ? ", UpsampleMode.Trilinear" : Bilinear ? ", UpsampleMode.Bilinear" : "")})";

    protected override int Extent(int size, int axis) => axis == 1 && KeepsRows ? size : size * Scale;

    protected override IEnumerable<(int Place, double Weight)> Taps(int place, int size, int axis)
    {
        if (axis == 1 && KeepsRows)
            return [(place, 1)];
        if (!Bilinear && !Trilinear)
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
