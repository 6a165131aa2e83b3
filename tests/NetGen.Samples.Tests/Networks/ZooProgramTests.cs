using ModelZoo.Catalogue;

namespace NetGen.Samples.Tests.Networks;

/// <summary>What the zoo's program prints, and what it says to mistakes.</summary>
public sealed class ZooProgramTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Costs_of_all_networks()
    {
        string output = (await ZooProgram.RunAsync("cost")).Output;
        foreach (ZooNetwork network in Zoo.All)
            output.ShouldContain($" {network.Name} ");
        output.ShouldContain("25,557,032");
        output.ShouldContain("4,089,184,256");
    }

    /// <summary>Memory of a prediction, as it is planned.</summary>
    [Fact]
    public void No_network_takes_a_tenth_more_than_is_alive_at_once() =>
        Zoo.All.Where(network => network.Definition.SampleBytes > 1.1 * network.Definition.LeastSampleBytes).ShouldBeEmpty();

    [Fact]
    public async Task Costs_of_a_networks_layers()
    {
        MnistProgram.Outcome outcome = await ZooProgram.RunAsync("cost", "lenet5");
        outcome.Output.ShouldStartWith("layer ");
        outcome.Output.ShouldContain("Linear 256 → 120");
        outcome.Output.ShouldContain("44,426");
    }

    [Fact]
    public async Task A_network_without_weights_says_so()
    {
        new GrayImage(30, 28, new byte[30 * 28]).WritePgm(folder["blank.pgm"]);
        MnistProgram.Outcome outcome = await ZooProgram.RunAsync("run", "convnet", folder["blank.pgm"]);
        outcome.ExitCode.ShouldBe(0);
        outcome.Output.ShouldContain("convnet has no weights");
        outcome.Output.Split('\n').Count(line => line.Contains("%  class ", StringComparison.Ordinal)).ShouldBe(5);
    }

    [Fact]
    public async Task Weights_and_names_are_used()
    {
        new GrayImage(28, 28, [.. Enumerable.Range(0, 28 * 28).Select(i => (byte)(i % 251))]).WritePgm(folder["stripes.pgm"]);
        var network = new ModelZoo.ConvNet(3);
        network.Save(folder["weights"]);
        File.WriteAllLines(folder["names"], Enumerable.Range(0, 10).Select(digit => $"digit {digit}"));
        float[] input = Zoo.Find("convnet")!.Pictures!.Prepare(RgbImage.Read(folder["stripes.pgm"]), ModelZoo.ConvNet.InputShape);
        MnistProgram.Outcome outcome = await ZooProgram.RunAsync("run", "convnet", "--weights", folder["weights"], "--classes", folder["names"], folder["stripes.pgm"]);
        outcome.Output.Split('\n')[1].ShouldEndWith($"%  digit {network.Classify(input)}", customMessage: outcome.Output);
        outcome.Output.ShouldNotContain("no weights");
    }

    [Fact]
    public async Task Other_formats_are_read_by_who_can()
    {
        await File.WriteAllTextAsync(folder["picture.txt"], "7");
        var kind = Zoo.Find("convnet")!;
        var classifier = new Classifier(kind, kind.Create(1)) { Read = path => new RgbImage(1, 1, [byte.Parse(File.ReadAllText(path)), 0, 0]) };
        classifier.Classify(folder["picture.txt"]).Length.ShouldBe(5);
    }

    [Fact]
    public async Task An_unknown_network_is_told_with_those_like_it()
    {
        MnistProgram.Outcome outcome = await ZooProgram.RunAsync("run", "resnt50", "cat.png");
        outcome.ExitCode.ShouldBe(2);
        outcome.Error.ShouldContain("There is no network 'resnt50'. The most alike are resnet50, ");
    }

    [Fact]
    public async Task Files_that_are_missing_or_wrong()
    {
        new GrayImage(28, 28, new byte[28 * 28]).WritePgm(folder["blank.pgm"]);
        new ModelZoo.Linear(1).Save(folder["linear.safetensors"]);
        await File.WriteAllTextAsync(folder["one"], "one name");
        await File.WriteAllTextAsync(folder["broken.png"], "no picture");
        await ShouldFail("there is no such file", "run", "convnet", folder["missing.png"]);
        await ShouldFail("it is a folder", "run", "convnet", folder[""]);
        await ShouldFail("--weights", "run", "convnet", folder["blank.pgm"], "--weights", folder["missing"]);
        await ShouldFail("tensor 'conv1.weight'", "run", "convnet", folder["blank.pgm"], "--weights", folder["linear.safetensors"]);
        await ShouldFail("convnet tells 10 classes apart, and 1 names are given", "run", "convnet", folder["blank.pgm"], "--classes", folder["one"]);
        await ShouldFail("broken.png", "run", "convnet", folder["broken.png"]);
    }

    private static async Task ShouldFail(string message, params string[] args)
    {
        MnistProgram.Outcome outcome = await ZooProgram.RunAsync(args);
        outcome.Error.ShouldContain(message);
        outcome.Error.Trim().ShouldNotContain("\n");
        outcome.ExitCode.ShouldBe(1);
    }
}
