using NetGen.Tests.Compilation;
using NetGen.Tests.Reference;

namespace NetGen.Tests.Topology;

/// <summary>The networks that the tests here share, compiled once.</summary>
internal static class TopologyNetworks
{
    private static readonly Lazy<CompiledNetworks> Networks = new(() => NetworkCompiler.Compile("""
        using NetGen;

        [Network, Input(3, 8, 8), Use<Body>(As = "features", Frozen = true), Flatten, BatchNorm1d(As = "norm", Frozen = true), Linear(5, As = "head")]
        public partial class Tuned;

        [Block, Conv2d(8, 3, bias: false), BatchNorm2d(As = "bn"), ReLU, Dropout(0.5), Use<Inner>(As = "inner")]
        public abstract class Body;

        [Block, Conv2d(6, 3), ReLU, Dropout2d(0.5)]
        public abstract class Inner;

        [Network, Input(6), Linear(6, As = "step"), Tanh, Linear(6, Weights = "step"), BatchNorm1d(As = "bn"), BatchNorm1d(Weights = "bn"), Linear(2)]
        public partial class Tied;

        [Network, Input(6), Linear(8, As = "body"), ReLU(As = "relu"), Linear(3, As = "fc1"), Output("aux1"), Linear(5, From = "relu"), Output("extra"), Linear(3, From = "relu", As = "head")]
        public partial class Headed;

        [Network, Input(4), Linear(3, Frozen = true), BatchNorm1d(Frozen = true)]
        public partial class Fixed;
        """));

    /// <summary>A new network of that name.</summary>
    public static INetwork Create(string name, ulong seed = 1) => Networks.Value.Create(name, seed);

    /// <summary>Numbers from -1 to 1.</summary>
    public static float[] Values(uint seed, int count) => [.. Filler.Values(seed, count).Select(value => (float)value)];
}
