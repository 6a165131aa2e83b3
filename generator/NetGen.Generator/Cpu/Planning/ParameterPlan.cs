using NetGen.Generator.Collections;
using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Cpu.Planning;

/// <summary>All parameters of a network in one flat buffer, the trainable ones first, and behind them what is prepared for inference.</summary>
/// <param name="Places">By the number of the value.</param>
/// <param name="TrainableFloats">Floats of the trainable part.</param>
/// <param name="Floats">Floats of all parameters.</param>
internal sealed record ParameterPlan(IReadOnlyDictionary<int, ParameterPlace> Places, int TrainableFloats, int Floats)
{
    /// <summary>Prepared values, by their names.</summary>
    public IReadOnlyDictionary<string, Buffer> Prepared { get; init; } = new Dictionary<string, Buffer>();

    /// <summary>Floats of prepared values.</summary>
    public int PreparedFloats { get; init; }

    /// <summary>Whether the kernels of wide layers do some of the products.</summary>
    public bool HasWide => Places.Values.Any(place => place.IsWide);

    /// <param name="program">The network.</param>
    /// <param name="batches">How activations lie where many samples are computed: weights lie as all passes can use them.</param>
    /// <param name="wide">Weights of products that the kernels of wide layers do.</param>
    /// <param name="winograd">Those of them that are transformed first.</param>
    public static ParameterPlan Of(NetworkProgram program, Layout batches, HashSet<int> wide, HashSet<int> winograd)
    {
        Dictionary<int, ParameterLayout> layouts = WeightLayouts.Of(program, batches, wide);
        var places = new Dictionary<int, ParameterPlace>();
        int end = 0, trainable = 0;
        foreach (ValueKind kind in new[] { ValueKind.Parameter, ValueKind.Buffer })
        {
            foreach (Value value in program.Values.Where(v => v.Kind == kind))
            {
                ParameterLayout layout = layouts[value.Id];
                var buffer = new Buffer(value.Name, Space.Parameters, layout.Floats, false, end);
                var gradient = new Buffer(Value.NameOf(value.Name, "gradient"), Space.Gradients, layout.Floats, false, end);
                places.Add(value.Id, new ParameterPlace(value.Name, value.Parameter!, buffer, gradient, layout.Axes, wide.Contains(value.Id), winograd.Contains(value.Id)) { PanelWidth = layout.PanelWidth });
                end = checked(end + Layouts.Padded(layout.Floats));
            }
            if (kind == ValueKind.Parameter)
                trainable = end;
        }
        return new ParameterPlan(places, trainable, end);
    }

    /// <summary>With memory for what an inference program prepares: weights as large as those that they are made of, and biases of whole panels.</summary>
    public ParameterPlan WithPrepared(NetworkProgram inference)
    {
        var prepared = new Dictionary<string, Buffer>(StringComparer.Ordinal);
        int end = Floats;
        foreach (FoldNormalization fold in inference.Prepare.OfType<FoldNormalization>())
        {
            Buffer weights = Places[fold.W].Value;
            Add(fold.FoldedW, weights.Floats);
            Add(fold.FoldedBias, WideConvolution.Panels(Places[fold.W].Layout[0].Count) * WeightLayouts.PanelColumns);
        }
        return this with { Prepared = prepared, PreparedFloats = end - Floats };

        void Add(int id, int floats)
        {
            string name = inference.Values[id].Name;
            prepared.Add(name, new Buffer(name, Space.Parameters, floats, false, end));
            end = checked(end + Layouts.Padded(floats));
        }
    }
}

/// <summary>A parameter's memory and layout in it.</summary>
/// <param name="Name">Within the network: <c>conv1.weight</c>.</param>
/// <param name="Spec">What the layer declares.</param>
/// <param name="Value">In the parameter buffer.</param>
/// <param name="Gradient">In the gradient buffer.</param>
/// <param name="Layout">Extents and steps of PyTorch's dimensions, possibly split finer.</param>
/// <param name="IsWide">The kernels of wide layers read it.</param>
/// <param name="IsWinograd">Products with it go by Winograd's transformations.</param>
internal sealed record ParameterPlace(string Name, ParameterSpec Spec, Buffer Value, Buffer Gradient, EquatableArray<TermAxis> Layout, bool IsWide, bool IsWinograd)
{
    /// <summary>Floats of a panel's row, where it lies in panels of outputs; 0: it does not.</summary>
    public int PanelWidth { get; init; }

    /// <summary>Of a linear layer: its inputs lie in PyTorch's order, not as the pixels of an image.</summary>
    public bool IsRowOfFeatures => Layout.Count == 2;
}

/// <summary>A parameter's memory.</summary>
/// <param name="Floats">Its size with padding, a multiple of 16 where lanes run over it.</param>
/// <param name="Axes">Extents and steps of PyTorch's dimensions, outermost first, possibly split finer.</param>
internal sealed record ParameterLayout(int Floats, EquatableArray<TermAxis> Axes)
{
    /// <summary>Floats of a panel's row, where weights lie in panels of outputs; 0: they do not.</summary>
    public int PanelWidth { get; init; }
}

/// <summary>How parameters lie, from the operations that read them.</summary>
internal static class WeightLayouts
{
    public static Dictionary<int, ParameterLayout> Of(NetworkProgram program, Layout batches, HashSet<int> wide)
    {
        var layouts = new Dictionary<int, ParameterLayout>();
        HashSet<int> ofInput = [.. ValuePlan.ProductsOfInput(program).Select(c => c.W)];
        foreach (Operation operation in program.Forward)
        {
            switch (operation)
            {
                case Contraction c:
                    (TensorShape input, bool readsRows) = (program.Values[program.Root(c.X)].Shape, ofInput.Contains(c.W));
                    bool isWide = wide.Contains(c.W);
                    layouts[c.W] = isWide && !c.Window.IsDepthwise ? InPanels(c, input, readsRows) : OfWeights(c, program.Values[c.X].Shape, readsRows, batches);
                    int biases = c.Target == Target.Input ? c.Window.In : c.Window.Out;
                    if (c.Bias >= 0)
                        layouts[c.Bias] = isWide ? PerFeature(biases) with { Floats = PanelColumns * WideConvolution.Panels(biases) } : PerFeature(biases);
                    break;
                case Fold { Bias: >= 0 } f:
                    layouts[f.Bias] = PerFeature(program.Values[f.Y].Shape.Channels);
                    break;
                case LocalProduct p:
                    layouts[p.W] = ByPlace(program.Values[p.W].Parameter!.Shape);
                    if (p.Bias >= 0)
                        layouts[p.Bias] = ByPlace(program.Values[p.Bias].Parameter!.Shape);
                    break;
                case Normalize n:
                    layouts[n.Weight] = layouts[n.Bias] = PerChannel(program.Values[n.X].Shape);
                    break;
                case SampleNormalize { Weight: >= 0 } n:
                    layouts[n.Weight] = layouts[n.Bias] = PerChannel(n.IsPerValue ? program.Values[n.X].Shape.Flatten() : program.Values[n.X].Shape);
                    break;
                case InnerNormalize { Weight: >= 0 } n:
                    layouts[n.Weight] = layouts[n.Bias] = ByPlace(program.Values[n.Weight].Parameter!.Shape);
                    break;
                case RunningStatistics r:
                    layouts[r.RunningMean] = layouts[r.RunningVariance] = PerChannel(program.Values[r.Statistics].Shape);
                    break;
            }
        }
        return layouts;
    }

    /// <summary>Values lie as an activation's own channels: per channel, or per feature where an image was flattened.</summary>
    public static ParameterLayout PerChannel(TensorShape shape)
    {
        int lanes = Layouts.Padded(shape.Channels);
        return shape.IsFlat
            ? new ParameterLayout(shape.Area * lanes, [new(shape.Channels, 1), new(shape.Height, shape.Width * lanes), new(shape.Width, lanes)])
            : new ParameterLayout(lanes, [new(shape.Channels, 1)]);
    }

    /// <summary>Output channels of a panel, also of one that is not full: a bias is read in whole panels.</summary>
    public const int PanelColumns = 32;

    /// <summary>Panels of output channels, in each a row for each tap and input channel.</summary>
    private static ParameterLayout InPanels(Contraction c, TensorShape input, bool readsRows)
    {
        bool isRowOfFeatures = readsRows || input.Area == 1;
        WideConvolution wide = WideShapes.Of(c, input, isRowOfFeatures);
        int row = WideConvolution.PanelWidth(wide.Out), channels = Layouts.Padded(input.Channels);
        // The panels of groups follow each other, and are full.
        var outputs = new TermAxis(c.Window.Out, 1, c.Window.Groups == 1 ? PanelColumns : row, wide.PanelFloats);
        return new ParameterLayout(
            checked(c.Window.Groups * wide.WeightFloats),
            !c.Window.IsLinear
            ? [outputs, new(wide.In, row), new(wide.Rows.Kernel, wide.LineFloats), new(wide.Columns.Kernel, wide.In * row)]
            : isRowOfFeatures ? [outputs, new(wide.In, row)]
            : [outputs, new(input.Channels, row), new(input.Height, input.Width * channels * row), new(input.Width, channels * row)])
        {
            PanelWidth = row,
        };
    }

    /// <summary>As the parameter itself, with the last dimension, outputs or columns, in whole blocks.</summary>
    private static ParameterLayout ByPlace(EquatableArray<int> shape)
    {
        int outputs = shape[shape.Count - 1], floats = Layouts.Padded(outputs);
        var axes = new List<TermAxis> { new(outputs, 1) };
        for (int axis = shape.Count - 2; axis >= 0; axis--)
        {
            axes.Insert(0, new(shape[axis], floats));
            floats = checked(floats * shape[axis]);
        }
        return new(floats, axes.ToEquatableArray());
    }

    private static ParameterLayout PerFeature(int features) => new(Layouts.Padded(features), [new TermAxis(features, 1)]);

    private static ParameterLayout OfWeights(Contraction c, TensorShape input, bool readsRows, Layout batches)
    {
        int lanes = Layouts.Padded(c.Window.Out);
        if (!c.Window.IsLinear)
        {
            (WindowAxis rows, WindowAxis columns) = (c.Window.Axes[0], c.Window.Axes[1]);
            int tap = checked(c.Window.InOfGroup * lanes);
            return new ParameterLayout(
                checked(rows.Kernel * columns.Kernel * tap),
                [new(c.Window.Out, 1), new(c.Window.InOfGroup, lanes), new(rows.Kernel, columns.Kernel * tap), new(columns.Kernel, tap)]);
        }
        if (OutputsAreRows(c, input, readsRows, batches))
            return new ParameterLayout(checked(c.Window.Out * input.Size), [new(c.Window.Out, input.Size), new(input.Size, 1)]);
        int floats = checked(input.Size * lanes);
        return readsRows || input.Area == 1
            ? new ParameterLayout(floats, [new(c.Window.Out, 1), new(input.Size, lanes)])
            : new ParameterLayout(
                floats,
                [
                    new(c.Window.Out, 1), new(input.Channels, lanes),
                    new(input.Height, input.Width * input.Channels * lanes), new(input.Width, input.Channels * lanes),
                ]);
    }

    /// <summary>
    /// Whether a linear layer's weights lie as rows of inputs: where they fill vectors better than columns of outputs, and no pass needs
    /// outputs as lanes.
    /// </summary>
    private static bool OutputsAreRows(Contraction c, TensorShape input, bool readsRows, Layout batches)
    {
        // Summing a vector's lanes costs about as much as three multiply-adds.
        const int SumCost = 3;
        bool isRun = readsRows || input.Area == 1;
        int outputs = c.Window.Out, blocks = input.Size / InstructionSet.Block;
        long asRows = (long)outputs * (blocks + SumCost), asColumns = (long)input.Size * (Layouts.Padded(outputs) / InstructionSet.Block);
        return batches == Layout.ChannelsLast && isRun && input.Size % InstructionSet.Block == 0 && asRows < asColumns;
    }
}
