using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.Engine;

/// <summary>What a network object owns: its parameters, their gradients and scratch memory. A generated class delegates to it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class NetworkState
{
    private readonly NetworkProgram program;
    private readonly AlignedBuffer values;
    private readonly long[] counters;
    private readonly ScratchPool scratch;
    private readonly Team alone = Team.Alone;
    private readonly int inputSize;
    private readonly int outputSize;
    private readonly Lock preparing = new();
    private readonly bool isPrepared;
    private AlignedBuffer? gradients;

    /// <summary>The version of the parameters that was prepared last.</summary>
    private long prepared = -1;

    /// <summary>A new network, initialised from the seed as <see cref="ParameterDefinition.Initialization"/> says.</summary>
    /// <exception cref="ArgumentException">The program's definition contradicts itself.</exception>
    public NetworkState(NetworkProgram program, ulong seed)
        : this(program)
    {
        Seed = seed;
        ParameterInitializer.Fill(Definition, values, seed);
    }

    /// <summary>A network whose parameters are all 0.</summary>
    private NetworkState(NetworkProgram program)
    {
        this.program = program;
        Definition = program.Definition;
        DefinitionCheck.Run(Definition);
        inputSize = Definition.InputShape.Size;
        outputSize = Definition.OutputShape.Size;
        isPrepared = Definition.PreparedFloats > 0;
        values = new AlignedBuffer((long)Definition.ParameterFloats + Definition.PreparedFloats);
        foreach (ConstantDefinition constant in Definition.Constants)
            constant.Write(ref values.Start);
        counters = new long[Definition.Counters.Length];
        scratch = new ScratchPool(Definition.PredictFloats(workers: 1));
        Parameters = new ParameterCollection(this);
    }

    /// <summary>A network with the parameters of a safetensors file.</summary>
    /// <exception cref="WeightsException">The file is damaged or of another network.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static NetworkState Load(NetworkProgram program, string path)
    {
        var network = new NetworkState(program);
        Checkpoint.Load(path, network.Definition, network.values.Span, network.counters, isNew: true);
        return network;
    }

    /// <summary>A network with the parameters of one safetensors file's bytes, read from where a stream stands and no further. It is left open.</summary>
    /// <exception cref="WeightsException">The bytes are damaged, end early, or are of another network.</exception>
    public static NetworkState Load(NetworkProgram program, Stream stream)
    {
        var network = new NetworkState(program);
        Checkpoint.Load(stream, network.Definition, network.values.Span, network.counters, isNew: true);
        return network;
    }

    /// <summary>The program, shared by all networks of a class.</summary>
    public NetworkProgram Program => program;

    /// <summary>The program's tables.</summary>
    public NetworkDefinition Definition { get; }

    /// <summary>The seed of the parameters and of dropout's masks.</summary>
    public ulong Seed { get; }

    /// <summary>All parameters, in kernel layout, and behind them what is prepared for predictions.</summary>
    public AlignedBuffer Values => values;

    /// <summary>The gradients of the trainable parameters, in the same layout. Made when first asked for.</summary>
    public AlignedBuffer Gradients => gradients ?? MakeGradients();

    /// <summary>Batches that layers have seen, in the order of <see cref="NetworkDefinition.Counters"/>.</summary>
    internal Span<long> Counters => counters;

    /// <summary>The parameters by name.</summary>
    public ParameterCollection Parameters { get; }

    /// <summary>
    /// Moves with every write to a parameter: what was computed from others is told by it. Only who writes to <see cref="Values"/> itself says so by
    /// <see cref="MoveVersion"/>.
    /// </summary>
    internal ParameterVersion Version { get; private set; }

    /// <summary>Floats of one input sample.</summary>
    public int InputSize => inputSize;

    /// <summary>Floats of one output.</summary>
    public int OutputSize => outputSize;

    /// <summary>Writes the parameters as a safetensors file; an existing file stays whole until the new one is.</summary>
    /// <exception cref="WeightsException">A value is not finite.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file, or its folder, may not be written.</exception>
    public void Save(string path) => Checkpoint.Save(path, Definition, values.Memory, counters);

    /// <summary>Writes the parameters to a stream, from where it stands, in the form of a safetensors file. It is left open.</summary>
    /// <exception cref="WeightsException">A value is not finite. Nothing has been written.</exception>
    public void Save(Stream stream) => Checkpoint.Save(stream, Definition, values.Memory, counters);

    /// <summary>Loads a file's tensors by name; all or nothing.</summary>
    internal WeightsReport LoadWeights(string path, Func<string, string?>? names, bool strict)
    {
        WeightsReport report = Checkpoint.Load(path, Definition, values.Span, counters, names, strict);
        MoveVersion();
        return report;
    }

    /// <inheritdoc cref="LoadWeights(string, Func{string, string}, bool)"/>
    internal WeightsReport LoadWeights(Stream stream, Func<string, string?>? names, bool strict)
    {
        WeightsReport report = Checkpoint.Load(stream, Definition, values.Span, counters, names, strict);
        MoveVersion();
        return report;
    }

    /// <summary>
    /// Parameters have been written, or are about to be. Who writes for a while says so before, so that no prediction goes on with what is old, and
    /// after, so that none goes on with what it saw half written.
    /// </summary>
    internal void MoveVersion() => Version = Version with { Writes = Version.Writes + 1 };

    /// <summary>Running statistics are about to be moved by a training batch.</summary>
    internal void MoveStatistics() => Version = Version with { Statistics = Version.Statistics + 1 };

    /// <summary>Training batches have gone through all layers; frozen ones learn nothing of them.</summary>
    internal void CountBatches(int number = 1)
    {
        foreach (ref long counter in counters.AsSpan(0, counters.Length - Definition.FrozenCounters))
            counter += number;
    }

    /// <summary>Evaluates one sample or several. Any thread; allocates nothing once as many calls have run at a time as ever will.</summary>
    /// <param name="inputs">[n, InputSize], n at least 1.</param>
    /// <param name="outputs">[n, OutputSize], overwritten.</param>
    /// <exception cref="ArgumentException">A span has another length. Nothing has been written.</exception>
    public void Predict(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        var count = 1;
        if (inputs.Length != inputSize || outputs.Length != outputSize)
            count = CountSamples(inputs.Length, outputs.Length);
        PredictSamples(ref MemoryMarshal.GetReference(inputs), ref MemoryMarshal.GetReference(outputs), count);
    }

    /// <summary>Evaluates that many samples, whose memory the caller has checked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void PredictSamples(ref float inputs, ref float outputs, int count)
    {
        EnsurePrepared();
        ScratchPool.Slot slot = scratch.Rent();
        try
        {
            program.Predict(ref values.Start, ref inputs, ref outputs, count, ref slot.Start, in alone);
        }
        finally
        {
            slot.Release();
        }
    }

    /// <summary>What predictions read besides the parameters is made anew if those have changed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void EnsurePrepared()
    {
        if (isPrepared && Volatile.Read(ref prepared) != Version.All)
            Prepare();
    }

    /// <summary>One thread prepares; others that come meanwhile wait for it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Prepare()
    {
        lock (preparing)
        {
            long now = Version.All;
            if (prepared == now)
                return;
            program.Prepare(ref values.Start);
            Volatile.Write(ref prepared, now);
        }
    }

    /// <summary>The samples that so many inputs are.</summary>
    /// <exception cref="ArgumentException">They are no number of samples, or 0 of them.</exception>
    internal int CountInputs(int inputs)
    {
        (int count, int rest) = Math.DivRem(inputs, inputSize);
        return count > 0 && rest == 0 ? count : throw new ArgumentException(
            $"{Definition.Name}.Predict: inputs must hold a positive multiple of {inputSize} values ({Definition.InputShape}), and holds {inputs}.",
            nameof(inputs));
    }

    /// <summary>The samples that so many inputs and outputs are.</summary>
    /// <exception cref="ArgumentException">The numbers fit no number of samples, or 0 of them.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal int CountSamples(int inputs, int outputs)
    {
        int count = CountInputs(inputs);
        if (outputs != (long)count * outputSize)
        {
            throw new ArgumentException(
                $"{Definition.Name}.Predict: outputs must hold {(long)count * outputSize} values ({count} × {outputSize}), and holds {outputs}.",
                nameof(outputs));
        }
        return count;
    }

    private AlignedBuffer MakeGradients()
    {
        Interlocked.CompareExchange(ref gradients, new AlignedBuffer(Definition.TrainableFloats).Commit(), null);
        return gradients;
    }
}
