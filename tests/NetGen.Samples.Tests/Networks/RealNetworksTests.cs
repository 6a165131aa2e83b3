using System.IO.Compression;
using ModelZoo.Catalogue;
using NetGen.Tests.Data;

namespace NetGen.Samples.Tests.Networks;

/// <summary>Networks that others trained, on what they were trained for, where the machine has them.</summary>
public class RealNetworksTests
{
    private const int CifarSide = 32, CifarRecord = 1 + (3 * CifarSide * CifarSide);

    [Theory]
    [InlineData("lenet-caffe", "lenet-mnist", 0.991)]
    [InlineData("mnistnet", "mnist-cnn-bn", 0.991)]
    public void Digits_are_read(string network, string weights, double least)
    {
        if (RealData.Find($"models/{weights}.safetensors") is not { } file || RealData.Find("mnist") is not { } folder)
            return;
        ZooNetwork kind = Zoo.Find(network)!;
        PictureForm form = kind.Pictures!;
        DataSet test = Mnist.Load(folder).Test;
        float[] inputs = [.. test.Inputs.ToArray().Select(value => ((value * Mnist.Std) + Mnist.Mean - form.Mean[0]) / form.Deviation[0])];
        var prepared = new DataSet(kind.Definition.InputShape, inputs, test.Labels.ToArray(), classCount: 10);
        kind.Load(file).Evaluate(prepared, Loss.CrossEntropy).Accuracy!.Value.ShouldBeGreaterThanOrEqualTo(least);
    }

    [Theory]
    [InlineData("resnet20-a", "resnet20-cifar10", 0.91)]
    [InlineData("resnet56-a", "resnet56-cifar10", 0.92)]
    public void Small_photographs_are_told_apart(string network, string weights, double least)
    {
        if (RealData.Find($"models/{weights}.safetensors") is not { } file || RealData.Find("cifar10/test_batch_first1000.bin.gz") is not { } data)
            return;
        ZooNetwork kind = Zoo.Find(network)!;
        var inputs = new List<float>();
        var labels = new List<int>();
        using var stream = new GZipStream(File.OpenRead(data), CompressionMode.Decompress);
        var record = new byte[CifarRecord];
        while (stream.ReadAtLeast(record, CifarRecord, throwOnEndOfStream: false) == CifarRecord)
        {
            labels.Add(record[0]);
            inputs.AddRange(kind.Pictures!.Prepare(Picture(record.AsSpan(1)), kind.Definition.InputShape));
        }
        labels.Count.ShouldBe(1000);
        var test = new DataSet(kind.Definition.InputShape, inputs.ToArray(), labels.ToArray(), classCount: 10);
        kind.Load(file).Evaluate(test).Accuracy!.Value.ShouldBeGreaterThanOrEqualTo(least);
    }

    [Theory]
    [InlineData("squeezenet-caffe", "squeezenet_v1.0", "bird_227", 19)]
    [InlineData("squeezenet-caffe", "squeezenet_v1.0", "dragonfly_227", 319)]
    [InlineData("squeezenet-caffe", "squeezenet_v1.0", "parrot_227", 88)]
    [InlineData("squeezenet-caffe", "squeezenet_v1.0", "hot_dog_227", 934)]
    [InlineData("squeezenet-caffe", "squeezenet_v1.0", "cat_227", 281, 282, 285)]
    [InlineData("mobilenet-0.25-128-tensorflow", "mobilenet_v1_0.25_128", "bird_128", 19)]
    [InlineData("mobilenet-0.25-128-tensorflow", "mobilenet_v1_0.25_128", "parrot_128", 88)]
    [InlineData("mobilenet-0.25-128-tensorflow", "mobilenet_v1_0.25_128", "cat_128", 281, 282, 285)]
    // The smallest of them takes a dragonfly for a tiger beetle and a hot dog for a gecko, in PyTorch too.
    [InlineData("mobilenet-0.25-128-tensorflow", "mobilenet_v1_0.25_128", "dragonfly_128", 300)]
    [InlineData("mobilenet-0.25-128-tensorflow", "mobilenet_v1_0.25_128", "hot_dog_128", 38)]
    public async Task Photographs_are_recognised(string network, string weights, string photo, params int[] classes)
    {
        if (RealData.Find($"models/{weights}.safetensors") is not { } file || RealData.Find($"photos/{photo}.ppm") is not { } image || RealData.Find("imagenet_classes.txt") is not { } names)
            return;
        MnistProgram.Outcome outcome = await ZooProgram.RunAsync("run", network, "--weights", file, "--classes", names, image);
        outcome.ExitCode.ShouldBe(0, outcome.Error);
        string[] right = [.. File.ReadLines(names).Where((_, index) => classes.Contains(index))];
        right.ShouldContain(name => outcome.Output.Split('\n')[1].TrimEnd().EndsWith(name, StringComparison.Ordinal), outcome.Output);
    }

    private static RgbImage Picture(ReadOnlySpan<byte> planes)
    {
        const int Area = CifarSide * CifarSide;
        var pixels = new byte[3 * Area];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = planes[(i % 3 * Area) + (i / 3)];
        return new RgbImage(CifarSide, CifarSide, pixels);
    }
}
