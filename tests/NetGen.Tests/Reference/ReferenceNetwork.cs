using NetGen.Tests.Reference.Layers;

namespace NetGen.Tests.Reference;

/// <summary>Layers in double precision, each on the outputs of some before it, with named parameters in PyTorch's layouts.</summary>
internal sealed class ReferenceNetwork
{
    private readonly Node[] nodes;
    private LayerCall[] calls = [];
    private double[][] outputs = [];
    private Rounding? rounding;
    private int batches;

    /// <summary>A network of these layers; parameters are 0 until filled.</summary>
    public ReferenceNetwork(int[] inputShape, IReadOnlyList<Layer> layers)
    {
        InputShape = inputShape;
        var counts = new Dictionary<string, int>();
        nodes = new Node[layers.Count];
        for (var i = 0; i < nodes.Length; i++)
        {
            Layer layer = layers[i];
            int[] sources = layer.Sources ?? [i - 1], shape = ShapeOf(sources[0]);
            int number = counts[layer.Prefix] = counts.GetValueOrDefault(layer.Prefix) + 1;
            string name = number == 1 && layer.IsSeldomRepeated ? layer.Prefix : $"{layer.Prefix}{number}";
            int[] output = layer.OutputShape([.. sources.Select(ShapeOf)]);
            nodes[i] = new Node(name, layer, sources, shape, output, layer.Weights is { } owner ? nodes[owner].Parameters : [.. layer.Parameters.Select(spec => new ReferenceParameter($"{name}.{spec.Name}", layer.Frozen ? spec with { IsTrainable = false } : spec))]);
        }
        OutputShape = ShapeOf(nodes.Length - 1);
        Parameters = [.. nodes.Where(node => node.Layer.Weights is null).SelectMany(node => node.Parameters)];
    }

    /// <summary>Shape of one sample.</summary>
    public int[] InputShape { get; }

    /// <summary>Shape of one sample of a layer's output; below 0: of the input.</summary>
    public int[] ShapeOf(int node) => node < 0 ? InputShape : nodes[node].OutputShape;

    /// <summary>Shape of one sample's output.</summary>
    public int[] OutputShape { get; }

    /// <summary>Elements of one sample.</summary>
    public int InputSize => Size(InputShape);

    /// <summary>Elements of one sample's output.</summary>
    public int OutputSize => Size(OutputShape);

    /// <summary>Parameters and buffers in the order of the layers.</summary>
    public IReadOnlyList<ReferenceParameter> Parameters { get; }

    /// <summary>Every layer's output of the last <see cref="Forward"/>, in order.</summary>
    public IReadOnlyList<double[]> Activations => outputs;

    /// <summary>The layers' names, in order: kind and number, <c>conv1</c>.</summary>
    public IReadOnlyList<string> Names => [.. nodes.Select(node => node.Name)];

    /// <summary>Shape of one sample of every layer's output, in order.</summary>
    public IEnumerable<int[]> OutputShapes => nodes.Select(node => node.OutputShape);

    /// <summary>The layers, in order.</summary>
    public IReadOnlyList<Layer> Layers => [.. nodes.Select(node => node.Layer)];

    /// <summary>Elements of a shape.</summary>
    public static int Size(int[] shape) => shape.Aggregate(1, (size, extent) => size * extent);

    /// <summary>Parameter <c>p</c> gets the stream <c>seed + p</c> of <see cref="Filler"/>.</summary>
    public void Fill(uint seed)
    {
        for (var p = 0; p < Parameters.Count; p++)
        {
            ParameterSpec spec = Parameters[p].Spec;
            Filler.Values(seed + (uint)p, Parameters[p].Values.Length, spec.Fill, spec.FanIn).CopyTo(Parameters[p].Values, 0);
        }
    }

    /// <summary>The same network with the same values, as inexact as float32 must be; each seed is inexact in another way.</summary>
    public ReferenceNetwork Inexact(uint seed)
    {
        var copy = new ReferenceNetwork(InputShape, Layers) { rounding = new Rounding(seed) };
        foreach ((ReferenceParameter from, ReferenceParameter to) in Parameters.Zip(copy.Parameters))
            from.Values.CopyTo(to.Values, 0);
        return copy;
    }

    /// <summary>The outputs, [batch, output shape]. Leaves running statistics alone; see <see cref="UpdateStatistics"/>.</summary>
    public double[] Forward(double[] inputs, bool training)
    {
        int batch = inputs.Length / InputSize;
        calls = new LayerCall[nodes.Length];
        outputs = new double[nodes.Length][];
        double[] Output(int node) => node < 0 ? inputs : outputs[node];
        for (var i = 0; i < nodes.Length; i++)
        {
            calls[i] = new LayerCall(nodes[i].InputShape, nodes[i].OutputShape, nodes[i].Parameters, Output(nodes[i].Sources[0]), batch, training && !nodes[i].Layer.Frozen)
            {
                Others = [.. nodes[i].Sources.Skip(1).Select(Output)],
            };
            outputs[i] = nodes[i].Layer.Forward(calls[i]);
            rounding?.Apply(outputs[i], nodes[i].Layer.Rounded(calls[i], outputs[i]));
        }
        return Output(nodes.Length - 1);
    }

    /// <summary>After <see cref="Forward"/>: sets every parameter's gradient, given the last layer's, and returns the input's.</summary>
    public double[] Backward(double[] outputGradient) => BackwardFrom(nodes.Length - 1, outputGradient);

    /// <summary>After <see cref="Forward"/>: from the gradient of that layer's output; later layers' parameters get 0.</summary>
    public double[] BackwardFrom(int layer, double[] gradient) => BackwardFrom([(layer, gradient)]);

    /// <summary>The same from several layers' outputs at once.</summary>
    public double[] BackwardFrom(IReadOnlyList<(int Layer, double[] Gradient)> starts)
    {
        foreach (ReferenceParameter parameter in Parameters)
            parameter.ClearGradient();
        // By node, the network's input last; null: nothing has come there.
        var gradients = new double[]?[nodes.Length + 1];
        foreach ((int layer, double[] gradient) in starts)
            gradients[layer] = gradient;
        for (int i = nodes.Length - 1; i >= 0; i--)
        {
            if (gradients[i] is not { } own)
                continue;
            double[][] inputGradients = nodes[i].Layer.BackwardAll(calls[i], outputs[i], own);
            foreach ((int source, double[] inputGradient) in nodes[i].Sources.Zip(inputGradients))
            {
                rounding?.Apply(inputGradient, nodes[i].Layer.RoundedBackward(calls[i], outputs[i], own, inputGradient));
                Accumulate(ref gradients[source < 0 ? nodes.Length : source], inputGradient);
            }
            foreach (ReferenceParameter parameter in nodes[i].Parameters)
                rounding?.Apply(parameter.Gradient, parameter.Rounded);
        }
        return gradients[nodes.Length]!;
    }

    private void Accumulate(ref double[]? sum, double[] term)
    {
        if (sum is null)
        {
            sum = term;
            return;
        }
        double[] sizes = [.. sum.Zip(term, (a, b) => Math.Abs(a) + Math.Abs(b))];
        sum = [.. sum.Zip(term, (a, b) => a + b)];
        rounding?.Apply(sum, sizes);
    }

    /// <summary>After <see cref="Forward"/> in training mode: moves the running statistics.</summary>
    public void UpdateStatistics()
    {
        batches++;
        for (var i = 0; i < nodes.Length; i++)
        {
            if (!nodes[i].Layer.Frozen)
                nodes[i].Layer.UpdateStatistics(calls[i] with { Batches = batches });
        }
    }

    /// <summary>After <see cref="Forward"/>: the smallest <see cref="Layer.Margin"/>.</summary>
    public double Margin() => nodes.Select((node, i) => node.Layer.Margin(calls[i])).DefaultIfEmpty(double.PositiveInfinity).Min();

    /// <summary>One training step: the loss before it.</summary>
    /// <param name="inputs">The samples.</param>
    /// <param name="loss">The loss, of all outputs.</param>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="heads">Further outputs and the weights of their losses.</param>
    public double Step(double[] inputs, ReferenceLoss loss, ReferenceOptimizer optimizer, params IEnumerable<(int Layer, double Weight)> heads)
    {
        Forward(inputs, training: true);
        double value = BackwardFromLosses(loss, inputs.Length / InputSize, heads).Loss;
        UpdateStatistics();
        optimizer.Step(Parameters.Where(parameter => parameter.Spec.IsTrainable));
        return value;
    }

    /// <summary>After <see cref="Forward"/>: the weighted sum of losses, and the gradient of the input.</summary>
    public (double Loss, double[] InputGradient) BackwardFromLosses(ReferenceLoss loss, int batch, IEnumerable<(int Layer, double Weight)> heads)
    {
        var sum = 0.0;
        var starts = new List<(int, double[])>();
        foreach ((int layer, double weight) in heads.Prepend((nodes.Length - 1, 1)))
        {
            (double value, double[] gradient) = loss.Evaluate(outputs[layer], batch);
            sum += weight * value;
            starts.Add((layer, [.. gradient.Select(one => weight * one)]));
        }
        return (sum, BackwardFrom(starts));
    }

    private sealed record Node(string Name, Layer Layer, int[] Sources, int[] InputShape, int[] OutputShape, IReadOnlyList<ReferenceParameter> Parameters);
}
