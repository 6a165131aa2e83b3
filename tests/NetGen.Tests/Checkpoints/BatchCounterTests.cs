using NetGen.Tests.Compilation;
using NetGen.Tests.Data;

namespace NetGen.Tests.Checkpoints;

/// <summary>PyTorch's <c>num_batches_tracked</c>, from declaration to file and back, through the members of a generated class.</summary>
public sealed class BatchCounterTests : IDisposable
{
    private static readonly Lazy<CompiledNetworks> Networks = new(() => NetworkCompiler.Compile("""
        using NetGen;

        [Network, Input(1, 4, 4)]
        [Conv2d(3, 3), BatchNorm2d(As = "bn1"), ReLU, Flatten]
        [Linear(5), BatchNorm1d(As = "bn2"), Linear(2)]
        public partial class Normalized;

        [Network, Input(1), BatchNorm1d(Cumulative = true, As = "bn"), Linear(2)]
        public partial class Averaged;
        """));

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static INetwork Create(ulong seed = 1) => Networks.Value.Create("Normalized", seed);

    private static INetwork Load(INetwork like, object from) =>
        (INetwork)like.GetType().GetMethod("Load", [from is string ? typeof(string) : typeof(Stream)])!.Invoke(null, [from])!;

    private long[] Counts(INetwork network)
    {
        network.Save(folder["net"]);
        using SafeTensorsFile file = SafeTensorsFile.Open(folder["net"]);
        return [.. ((string[])["bn1.num_batches_tracked", "bn2.num_batches_tracked"]).Select(name =>
        {
            TensorEntry counter = file.Find(name)!;
            (counter.Type, counter.ShapeText).ShouldBe((TensorType.I64, "[]"));
            return (long)file.Read(counter)[0];
        })];
    }

    private static float[] Images(int count) => [.. Enumerable.Range(0, count * 16).Select(i => (i * i % 11) - 5f)];

    /// <summary>The keys of PyTorch's state_dict() for the same modules.</summary>
    [Fact]
    public void TheFileHasTheKeysOfPyTorch()
    {
        Create().Save(folder["net"]);
        using SafeTensorsFile file = SafeTensorsFile.Open(folder["net"]);
        file.Tensors.Select(tensor => tensor.Name).ShouldBe(
            [
                "conv1.weight", "conv1.bias",
                "bn1.weight", "bn1.bias", "bn1.running_mean", "bn1.running_var", "bn1.num_batches_tracked",
                "linear1.weight", "linear1.bias",
                "bn2.weight", "bn2.bias", "bn2.running_mean", "bn2.running_var", "bn2.num_batches_tracked",
                "linear2.weight", "linear2.bias",
            ], ignoreOrder: true);
    }

    [Fact]
    public void TrainingBatchesAreCountedAndNothingElse()
    {
        INetwork network = Create();
        Counts(network).ShouldBe([0, 0]);
        using (Trainer trainer = network.CreateTrainer(new SGD(0.01f), Loss.CrossEntropy, 4, threads: 2))
        {
            for (var step = 0; step < 3; step++)
                trainer.Step(Images(4), (ReadOnlySpan<int>)[0, 1, 0, 1]);
            Should.Throw<ArgumentException>(() => trainer.Step(Images(1), new int[1]));
            trainer.Evaluate(new DataSet(new Shape(1, 4, 4), Images(2), new[] { 0, 1 }, 2));
        }
        network.Predict(Images(1), new float[2]);
        Counts(network).ShouldBe([3, 3]);

        using NetworkPass pass = network.CreatePass(2);
        pass.Forward(Images(2));
        Counts(network).ShouldBe([3, 3]);
        pass.Training = true;
        pass.Forward(Images(2));
        Counts(network).ShouldBe([4, 4]);
    }

    [Fact]
    public void CountsComeBackAndGoOn()
    {
        INetwork network = Create();
        using NetworkPass pass = network.CreatePass(2);
        pass.Training = true;
        pass.Forward(Images(2));
        using var stream = new MemoryStream();
        network.Save(stream);
        network.Save(folder["first"]);
        stream.Position = 0;
        foreach (INetwork loaded in (INetwork[])[Load(network, folder["first"]), Load(network, stream)])
        {
            Counts(loaded).ShouldBe([1, 1]);
            using NetworkPass next = loaded.CreatePass(2);
            next.Training = true;
            next.Forward(Images(2));
            Counts(loaded).ShouldBe([2, 2]);
        }
        INetwork other = Create(seed: 2);
        other.LoadWeights(folder["first"]).Loaded.Length.ShouldBe(16);
        Counts(other).ShouldBe([1, 1]);
        network.Save(folder["a"]);
        other.Save(folder["b"]);
        File.ReadAllBytes(folder["b"]).ShouldBe(File.ReadAllBytes(folder["a"]));
    }

    /// <summary>As a loop computes it; the counts go on where a file was written, and each part of a step is a batch.</summary>
    [Fact]
    public void RunningStatisticsAreTheMeanOfAllBatches()
    {
        INetwork network = Networks.Value.Create("Averaged", 1);
        var means = new List<double>();
        void Train(int samples, int parts)
        {
            using Trainer trainer = network.CreateTrainer(new SGD(0.01f), Loss.CrossEntropy, samples, threads: 2);
            trainer.AccumulationSteps = parts;
            float[] inputs = [.. Enumerable.Range(0, samples * parts).Select(i => (float)((means.Count + 3) * (i * i % 7)))];
            trainer.Step(inputs, new int[samples * parts]);
            means.AddRange(Enumerable.Range(0, parts).Select(part => inputs.Skip(part * samples).Take(samples).Average(x => (double)x)));
            network.Parameters["bn.running_mean"].Values.ToArray().ShouldBe([(float)means.Average()], 1e-4);
        }

        Train(samples: 5, parts: 1);
        Train(samples: 4, parts: 3);
        network.Save(folder["averaged"]);
        network = Load(network, folder["averaged"]);
        Train(samples: 2, parts: 2);
        means.Count.ShouldBe(6);
        network.Save(folder["net"]);
        using SafeTensorsFile file = SafeTensorsFile.Open(folder["net"]);
        file.Read(file.Find("bn.num_batches_tracked")!).ShouldBe([6]);
    }

    /// <summary>Files of other tools may have no counts.</summary>
    [Fact]
    public void CountsMayBeMissing()
    {
        INetwork network = Create();
        network.Save(folder["all"]);
        using (SafeTensorsFile file = SafeTensorsFile.Open(folder["all"]))
        {
            SafeTensors.Write(folder["some"], [.. file.Tensors.Where(tensor => tensor.Type == TensorType.F32).Select(tensor =>
                new SavedTensor(tensor.Name, new Shape([.. tensor.Extents.Select(extent => (int)extent)]), file.Read(tensor)))]);
        }
        WeightsReport report = Create(seed: 2).LoadWeights(folder["some"]);
        report.Missing.ShouldBeEmpty();
        report.Loaded.Length.ShouldBe(14);
    }
}
