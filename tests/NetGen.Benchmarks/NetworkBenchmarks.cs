using BenchmarkDotNet.Attributes;

namespace NetGen.Benchmarks;

/// <summary>Inference and training of the sample's networks, with what they allocate: nothing.</summary>
[MemoryDiagnoser]
public class NetworkBenchmarks
{
    private Workload one = null!;
    private Workload many = null!;

    /// <summary>The networks' names.</summary>
    public static IEnumerable<string> Networks => BenchmarkNetwork.Thin.Select(network => network.Name);

    /// <summary>The network to measure.</summary>
    [ParamsSource(nameof(Networks))]
    public string Network { get; set; } = "";

    /// <summary>Makes the network and its data.</summary>
    [GlobalSetup]
    public void Setup()
    {
        one = new(BenchmarkNetwork.Named(Network), samples: 1, threads: 1);
        many = new(BenchmarkNetwork.Named(Network), samples: 64, threads: 1);
    }

    /// <summary>Ends the threads.</summary>
    [GlobalCleanup]
    public void Cleanup()
    {
        one.Dispose();
        many.Dispose();
    }

    /// <summary>One sample.</summary>
    [Benchmark]
    public void Predict1() => one.Predict();

    /// <summary>64 samples in one call.</summary>
    [Benchmark]
    public void Predict64() => many.Predict();

    /// <summary>A step on 64 samples: SGD with momentum.</summary>
    [Benchmark]
    public float Train64() => many.Train();
}
