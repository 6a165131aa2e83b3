using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Cpu.Planning;

/// <summary>Where the values of a pass lie: known before any operation is bound, from what all operations ask for.</summary>
internal sealed class ValuePlan
{
    private readonly NetworkProgram program;
    private readonly ParameterPlan parameters;
    private readonly ValueLayouts layouts;
    private readonly PartPlaces parts;
    private readonly Dictionary<int, WideHalo> halos;

    /// <param name="program">What is computed.</param>
    /// <param name="parameters">Where parameters lie, and which products are wide.</param>
    /// <param name="layouts">How activations lie.</param>
    public ValuePlan(NetworkProgram program, ParameterPlan parameters, ValueLayouts layouts)
    {
        (this.program, this.parameters, this.layouts) = (program, parameters, layouts);
        // Elsewhere kernels take an image's values as one run.
        parts = layouts.AreLanes || HasWide ? PartPlaces.Of(program, layouts) : PartPlaces.None;
        halos = layouts.AreLanes ? [] : WideShapes.Halos(program, parts, IsWide);
        Contraction[] readers = LanesAreSamples(program.Input) ? [] : ProductsOfInput(program);
        // Groups may take lanes from the channels of what they read, and gradients of transposed convolutions do.
        bool areWhole = readers.All(reader => reader.Window.Groups == 1 && !reader.IsTransposed);
        ReadsPixels = areWhole && readers.Any(reader => IsWide(reader) && !reader.Window.IsLinear);
        ReadsRowsInPlace = areWhole && readers.Length > 0 && !ReadsPixels && readers.All(reader => !(IsWide(reader) || reader.Window.IsLinear) || Parameter(reader.W).IsRowOfFeatures);
    }

    /// <summary>What reads the network's input, if that is products only; else nothing.</summary>
    public static Contraction[] ProductsOfInput(NetworkProgram program)
    {
        Operation[] readers = [.. program.Forward.Where(o => o.Reads.Any(id => program.Root(id) == program.Input))];
        return readers.All(reader => reader is Contraction) ? [.. readers.Cast<Contraction>()] : [];
    }

    /// <summary>Products read the user's rows where they are.</summary>
    public bool ReadsRowsInPlace { get; }

    /// <summary>Only wide convolutions read the user's images: pixel by pixel, without padding channels.</summary>
    public bool ReadsPixels { get; }

    /// <summary>The samples.</summary>
    public Buffer Rows => new(Value.NameOf("network", "samples"), Space.Inputs, program.Values[program.Input].Shape.Size, true);

    /// <summary>Some layers are wide: everything is done by kernels that take any steps.</summary>
    public bool HasWide => parameters.HasWide;

    /// <summary>Whether a product is done by the shared kernels of wide layers.</summary>
    public bool IsWide(Contraction c) => !layouts.AreLanes && Parameter(c.W).IsWide;

    /// <summary>The place of a parameter, of the parameter whose gradient a value is, or of that which a prepared value lies like.</summary>
    public ParameterPlace Parameter(int value) => parameters.Places[program.Values[value] switch
    {
        { GradientOf: >= 0 and var parameter } => parameter,
        { PreparedFrom: >= 0 and var parameter } => parameter,
        _ => value,
    }];

    /// <summary>The memory of a value.</summary>
    public Buffer BufferOf(int value)
    {
        Value root = program.Values[program.Root(value)];
        return root.Kind switch
        {
            ValueKind.Input when ReadsRowsInPlace => Rows,
            ValueKind.Parameter or ValueKind.Buffer => parameters.Places[value].Value,
            ValueKind.Prepared => parameters.Prepared[root.Name],
            // With samples as lanes, gradients are added to in any case.
            ValueKind.ParameterGradient when root.IsAddend && !layouts.AreLanes => new Buffer(root.Name, Space.Arena, parameters.Places[root.GradientOf].Gradient.Floats, false),
            ValueKind.ParameterGradient => parameters.Places[root.GradientOf].Gradient,
            // Each of them in three parts: mean, 1/σ and the mean's rest; mean gradient, its rest, and how much of it goes along with the values.
            ValueKind.Statistics => new Buffer(root.Name, Space.Arena, 3 * WeightLayouts.PerChannel(root.Shape).Floats, false),
            _ when IsRun(value) => new Buffer(root.Name, Space.Arena, Layouts.Padded(root.Shape.Size), !layouts.AreLanes),
            _ when parts.IsPart(root.Id) => Part(root),
            _ => Activation(root),
        };
    }

    /// <summary>Whether part of a concatenation, or of its gradient, is where it belongs from the beginning.</summary>
    /// <param name="part">The part.</param>
    /// <param name="whole">What it is a part of.</param>
    /// <param name="first">Channels before it.</param>
    public bool IsInPlace(int part, int whole, int first) => parts.Is(program.Root(part), program.Root(whole), first);

    /// <summary>Whether a value lies among channels of others.</summary>
    public bool IsPart(int value) => parts.IsPart(program.Root(value));

    /// <summary>The strides of a value.</summary>
    public Steps StepsOf(int value)
    {
        Value root = program.Values[program.Root(value)];
        var rows = new Steps(root.Shape.Size, root.Shape.Area, root.Shape.Width, 1);
        return ReadsRowsInPlace && root.Id == program.Input ? rows
            : IsRun(value) ? rows with { Sample = Layouts.Padded(root.Shape.Size) }
            : LanesAreSamples(root.Id) ? Layout.SamplesAsLanes.StepsOf(root.Shape)
            : StepsOf(program.Values[parts.WholeOf(root.Id)]);
    }

    /// <summary>What lies around the images of a value, in pixels.</summary>
    public WideHalo HaloOf(int value) => halos.TryGetValue(parts.WholeOf(program.Root(value)), out WideHalo halo) ? halo : default;

    /// <summary>Whether a value with memory of its own lies with samples as lanes.</summary>
    private bool LanesAreSamples(int root) => layouts.Of(root) == Layout.SamplesAsLanes;

    /// <summary>The gradient of rows that are read in place, as one run of features.</summary>
    private bool IsRun(int value) =>
        ReadsRowsInPlace && program.GradientOfInput >= 0 && program.Root(value) == program.Root(program.GradientOfInput)
        && program.Forward.First(o => o.Reads.Any(id => program.Root(id) == program.Input)) is Contraction { Window.IsLinear: true };

    private Buffer Activation(Value root)
    {
        if (layouts.AreLanes)
            return new Buffer(root.Name, Space.Arena, Layout.SamplesAsLanes.FloatsOf(root.Shape), false);
        if (LanesAreSamples(root.Id))
            return new Buffer(root.Name, Space.Arena, root.Shape.Size, true);
        (Steps steps, WideHalo halo) = (StepsOf(root), HaloOf(root.Id));
        return new Buffer(root.Name, Space.Arena, steps.Sample, true, Start: (halo.Top * steps.Row) + (halo.Left * steps.Column));
    }

    /// <summary>Some of the channels of another value.</summary>
    private Buffer Part(Value root)
    {
        Buffer whole = Activation(program.Values[parts.WholeOf(root.Id)]);
        int before = checked(parts.FirstOf(root.Id) * StepsOf(root.Id).Channel);
        return whole with { Name = root.Name, Memory = whole.Memory, Start = checked(whole.Start + before) };
    }

    private Steps StepsOf(Value root)
    {
        WideHalo halo = HaloOf(root.Id);
        int pixel = ReadsPixels && root.Id == program.Input ? root.Shape.Channels : Layouts.Padded(root.Shape.Channels);
        int row = checked((root.Shape.Width + halo.Left + halo.Right) * pixel);
        return new Steps(Layouts.Padded(checked((root.Shape.Height + halo.Top + halo.Bottom) * row)), 1, row, pixel);
    }
}
