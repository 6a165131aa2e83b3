using NetGen.Engine;

namespace NetGen.Tests.Training;

/// <summary>A network over any program, as a generated class would be.</summary>
internal sealed class TestNetwork(NetworkState state) : INetwork
{
    public TestNetwork(NetworkProgram program, ulong seed = 1)
        : this(new NetworkState(program, seed))
    {
    }

    public NetworkState State => state;

    public ParameterCollection Parameters => state.Parameters;

    public void Predict(ReadOnlySpan<float> inputs, Span<float> outputs) => state.Predict(inputs, outputs);

    public void Save(string path) => state.Save(path);

    public NetworkPass CreatePass(int batch, int threads = 1) => new(state, batch, threads);

    public Trainer CreateTrainer(Optimizer optimizer, Loss loss, int batch, int threads = 1) => new(state, optimizer, loss, batch, threads);

    /// <summary>All values of all parameters, in PyTorch's order.</summary>
    public float[] AllValues() => [.. Parameters.Select(parameter => parameter.Values.ToArray()).SelectMany(values => values)];
}
