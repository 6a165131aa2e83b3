using System.Collections.Immutable;
using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.Engine;

/// <summary>A network's sizes, names and layouts, as emitted. Sizes of memory are in bytes; places, strides and steps count numbers of type <see cref="Element"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record NetworkDefinition
{
    /// <summary>The class's name, for messages.</summary>
    public required string Name { get; init; }

    /// <summary>Shape of one sample, [channels, height, width] or [features].</summary>
    public required Shape InputShape { get; init; }

    /// <summary>Shape of one sample's output.</summary>
    public required Shape OutputShape { get; init; }

    /// <summary>What the outputs are: a loss that does not go with them is refused.</summary>
    public OutputForm OutputForm { get; init; } = OutputForm.Raw;

    /// <summary>16: a training call computes one group of 16 samples. 0: it computes the whole batch.</summary>
    public required int GroupSize { get; init; }

    /// <summary>The type of all numbers that the program reads and writes.</summary>
    public required ElementType Element { get; init; }

    /// <summary>Bytes of the flat parameter buffer, padding included. The trainable part comes first.</summary>
    public required long ParameterBytes { get; init; }

    /// <summary>Bytes of the trainable part, a multiple of 16 numbers; what optimizers and gradients cover.</summary>
    public required long TrainableBytes { get; init; }

    /// <summary>Bytes behind the parameters that <see cref="NetworkProgram.Prepare"/> writes and predictions read.</summary>
    public long PreparedBytes { get; init; }

    /// <summary>Parameters and buffers in the order of the layers.</summary>
    public required ImmutableArray<ParameterDefinition> Parameters { get; init; }

    /// <summary>What lies behind the trainable parameters and never changes: no file has it.</summary>
    public ImmutableArray<ConstantDefinition> Constants { get; init; } = [];

    /// <summary>Counts of the training batches that layers have seen, by their names in files: <c>bn1.num_batches_tracked</c>. No kernel reads them.</summary>
    public ImmutableArray<string> Counters { get; init; } = [];

    /// <summary>How many counters, the last ones, are of frozen layers and stay.</summary>
    public int FrozenCounters { get; init; }

    /// <summary>The layers' outputs, a node each: calls name a node by its index.</summary>
    public required ImmutableArray<ActivationDefinition> Activations { get; init; }

    /// <summary>What the network gives: of these nodes there are rows in PyTorch's order. The first is the main one, which predictions give.</summary>
    public required ImmutableArray<OutputDefinition> Outputs { get; init; }

    /// <summary>Past the last number of the arena of a training pass.</summary>
    public required Place Arena { get; init; }

    /// <summary>Where <see cref="NetworkProgram.InputGradient"/> writes, and how.</summary>
    public required ActivationDefinition InputGradient { get; init; }

    /// <summary>Bytes of scratch memory of <see cref="NetworkProgram.Predict"/> that a team shares.</summary>
    public required long PredictScratchBytes { get; init; }

    /// <summary>Bytes of activations of a prediction of one sample: what of the scratch memory it takes.</summary>
    public long SampleBytes { get; init; }

    /// <summary>Bytes of those that are needed at the same time, at the worst moment: no plan takes less for them as they lie, padding included.</summary>
    public long LeastSampleBytes { get; init; }

    /// <summary>Whether a team of several workers can make one call of <see cref="NetworkProgram.Predict"/>; otherwise each makes calls of its own.</summary>
    public bool PredictIsShared { get; init; }

    /// <summary>Bytes that each worker has for itself, in a step (<see cref="StepContext.Scratch"/>) and in a prediction; a multiple of 64.</summary>
    public long WorkerScratchBytes { get; init; }

    /// <summary>Multiply-adds of one sample's forward pass.</summary>
    public required long MultiplyAdds { get; init; }

    /// <summary>Numbers of the parameter buffer.</summary>
    internal int ParameterFloats => Count(ParameterBytes);

    /// <summary>Numbers of its trainable part.</summary>
    internal int TrainableFloats => Count(TrainableBytes);

    /// <summary>Prepared numbers.</summary>
    internal int PreparedFloats => Count(PreparedBytes);

    /// <summary>Numbers that each worker has for itself.</summary>
    internal int WorkerScratch => Count(WorkerScratchBytes);

    /// <summary>What predictions give.</summary>
    internal OutputDefinition MainOutput => Outputs[0];

    /// <summary>Where a backward pass starts that comes from all outputs: behind the last node where there are several.</summary>
    internal int AllOutputs => Outputs.Length > 1 ? Activations.Length : MainOutput.Node;

    /// <summary>Shape of one sample of an output.</summary>
    internal Shape ShapeOf(int output) => output == 0 ? OutputShape : Activations[Outputs[output].Node].Shape;

    /// <summary>Numbers of scratch memory of <see cref="NetworkProgram.Predict"/>: those that a team shares, and behind them each worker's own.</summary>
    /// <param name="workers">Of the team.</param>
    internal long PredictFloats(int workers) => Count(PredictScratchBytes) + ((long)workers * WorkerScratch);

    /// <summary>The node of that name; -1 where there is none.</summary>
    internal int FindNode(string name)
    {
        for (var node = 0; node < Activations.Length; node++)
        {
            if (Activations[node].Name == name)
                return node;
        }
        return -1;
    }

    private static int Count(long bytes) => checked((int)(bytes / sizeof(float)));
}

/// <summary>An output of a network, and where its rows lie in the arena.</summary>
/// <param name="Name">Its name; of the main one, that of the layer that gives it.</param>
/// <param name="Node">The node whose output it is.</param>
/// <param name="Rows">Where the rows lie: row <c>n</c> at <c>n * Stride</c>.</param>
/// <param name="Gradient">Where the rows of its gradient lie, likewise; lanes from the row's size to <paramref name="Stride"/> must hold 0.</param>
/// <param name="Stride">Floats from one row to the next: a row's size rounded up to a multiple of 16.</param>
/// <param name="Form">What a further output's values are; of the main one, <see cref="NetworkDefinition.OutputForm"/> says it.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record OutputDefinition(string Name, int Node, Place Rows, Place Gradient, int Stride, OutputForm Form = OutputForm.Raw);

/// <summary>A size or an offset in an arena for <c>capacity</c> samples: <c>Fixed + PerSample * capacity</c> floats. Grouped: PerSample is 0.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct Place(int Fixed, int PerSample)
{
    /// <summary>The floats for that capacity.</summary>
    public nint For(int capacity) => Fixed + (nint)PerSample * capacity;
}

/// <summary>
/// One logical dimension and the floats between its neighbours in memory. Where it lies in blocks, of which the last may be cut short, so many
/// neighbours follow one another, and so many floats lie between the first ones of two blocks.
/// </summary>
/// <param name="Extent">How many there are.</param>
/// <param name="Step">Floats between neighbours of a block; below 0 where the next lies before.</param>
/// <param name="Block">Neighbours of a block; 0: all are one.</param>
/// <param name="BlockStep">Floats between blocks.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct Stride(int Extent, int Step, int Block = 0, int BlockStep = 0)
{
    /// <summary>Floats from the first to another.</summary>
    internal nint Offset(int index)
    {
        if (Block == 0)
            return (nint)index * Step;
        (int block, int within) = Math.DivRem(index, Block);
        return ((nint)block * BlockStep) + ((nint)within * Step);
    }

    /// <summary>Floats from the first to the one that lies furthest from it.</summary>
    internal long Reach => Block == 0 || Extent <= Block
        ? (Extent - 1L) * Step
        : Math.Max(Offset(Extent - 1), Offset(((Extent - 1) / Block * Block) - 1));
}

/// <summary>A named parameter or buffer and where its values lie.</summary>
/// <param name="Name">PyTorch's name, for example <c>conv1.weight</c>.</param>
/// <param name="Shape">PyTorch's shape, for example [6, 1, 5, 5].</param>
/// <param name="Offset">First float in the flat buffer.</param>
/// <param name="Layout">The dimensions in PyTorch's row-major order, possibly split finer than <paramref name="Shape"/>; the last is fastest in a file.</param>
/// <param name="Initialization">How a new network fills it.</param>
/// <param name="Scale">What the numbers that <paramref name="Initialization"/> speaks of are multiplied by.</param>
/// <param name="IsTrainable">Whether it has a gradient: false for running statistics and in frozen layers.</param>
/// <param name="IsFrozen">Whether it is a frozen layer's.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record ParameterDefinition(
    string Name, Shape Shape, int Offset, ImmutableArray<Stride> Layout, Initialization Initialization, float Scale, bool IsTrainable, bool IsFrozen = false)
{
    /// <summary>What is added to uniform and normal numbers.</summary>
    public float Shift { get; init; }

    /// <summary>For <see cref="Initialization.TruncatedNormal"/>: the least.</summary>
    public float Low { get; init; }

    /// <summary>For <see cref="Initialization.TruncatedNormal"/>: the largest, not below <see cref="Low"/>.</summary>
    public float High { get; init; }
}

/// <summary>Values that a network's program reads and nothing changes.</summary>
/// <param name="Offset">First float in the flat buffer of the parameters.</param>
/// <param name="Layout">The dimensions in row-major order.</param>
/// <param name="Values">Its values in row-major order, over and over until the end.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record ConstantDefinition(int Offset, ImmutableArray<Stride> Layout, ImmutableArray<float> Values)
{
    /// <summary>Writes the values to where they belong.</summary>
    /// <param name="parameters">The flat buffer.</param>
    internal void Write(ref float parameters)
    {
        var ordered = new float[StridedLayout.Count(Layout)];
        for (var i = 0; i < ordered.Length; i++)
            ordered[i] = Values[i % Values.Length];
        StridedLayout.Scatter(Layout, ordered, ref Unsafe.Add(ref parameters, Offset));
    }
}

/// <summary>How a new parameter is filled.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum Initialization
{
    /// <summary>0: biases of normalisations, running means.</summary>
    Zeros,

    /// <summary>1: weights of normalisations, running variances.</summary>
    Ones,

    /// <summary>Uniform in [−1, 1); with a scale of 1/√fan-in PyTorch's Kaiming-uniform with a = √5.</summary>
    Uniform,

    /// <summary>Normal, of mean 0 and deviation 1.</summary>
    Normal,

    /// <summary>The same between two values.</summary>
    TruncatedNormal,

    /// <summary>The scale itself.</summary>
    Constant,

    /// <summary>A matrix, the first dimension its rows, of orthogonal rows of length 1, or columns where those are fewer.</summary>
    Orthogonal,
}

/// <summary>A layer's output and where its values lie in the arena.</summary>
/// <param name="Name">The layer's name, for example <c>conv1</c>.</param>
/// <param name="Shape">Shape of one sample.</param>
/// <param name="IsStored">False: fused away; <see cref="NetworkProgram.Materialize"/> must run before it is read.</param>
/// <param name="Value">Where the values lie.</param>
/// <param name="Gradient">Where a backward pass from this layer expects the gradient of this output.</param>
/// <param name="SampleStep">Floats from one sample to the next in a group or batch.</param>
/// <param name="Layout">The sample's dimensions in PyTorch's row-major order, as for parameters.</param>
/// <param name="GroupStep">Floats from 16 samples to the next 16, where 16 lie side by side in a batch; 0: every sample lies <paramref name="SampleStep"/> behind the one before.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record ActivationDefinition(
    string Name, Shape Shape, bool IsStored, Place Value, Place Gradient, int SampleStep, ImmutableArray<Stride> Layout, int GroupStep = 0)
{
    /// <summary>How the gradient lies where it lies otherwise than the values; null: as they do.</summary>
    public ActivationLayout? GradientLayout { get; init; }

    /// <summary>How the values lie.</summary>
    internal ActivationLayout ValueLayout => new(SampleStep, Layout, GroupStep);
}

/// <summary>How the samples of an activation lie, and the values of a sample.</summary>
/// <param name="SampleStep">Floats from one sample to the next in a group or batch.</param>
/// <param name="Layout">The sample's dimensions in PyTorch's row-major order, as for parameters.</param>
/// <param name="GroupStep">Floats from 16 samples to the next 16, where 16 lie side by side in a batch; 0: every sample lies <paramref name="SampleStep"/> behind the one before.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct ActivationLayout(int SampleStep, ImmutableArray<Stride> Layout, int GroupStep = 0)
{
    /// <summary>Floats from the first sample to another.</summary>
    internal nint SampleOffset(int sample) => GroupStep == 0
        ? (nint)sample * SampleStep
        : ((nint)(sample / SampleBlock.Size) * GroupStep) + ((nint)(sample % SampleBlock.Size) * SampleStep);
}
