using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using NetGen.Engine;
using NetGen.Tests.Checkpoints;
using NetGen.Tests.Data;
using NetGen.Tests.Training;

namespace NetGen.Tests.Fuzzing;

/// <summary>All parsers of the library. A new one is a line here.</summary>
internal static class Parsers
{
    private static readonly NetworkDefinition Network = CheckpointTests.Definition("Fuzzed", 32,
        new ParameterDefinition("conv1.weight", new Shape(2, 1, 2, 2), 0, [new(8, 1)], Initialization.Zeros, 0, true),
        new ParameterDefinition("conv1.bias", new Shape(2), 16, [new(2, 1)], Initialization.Zeros, 0, true)) with
    { Counters = ["bn1.num_batches_tracked"] };

    public static ImmutableArray<Parser> All { get; } =
    [
        new("idx", IdxSeeds(), typeof(DataFormatException), (_, path) => IdxFile.Read(path)) { Mend = Compressed },
        new("cifar", CifarSeeds(), typeof(DataFormatException), (_, path) => CifarFile.Read(path, labelBytes: 1, classes: 10)) { Mend = Compressed },
        new("png", [.. PngSeeds()], typeof(DataFormatException), (_, path) => GrayImage.Read(path)) { Mend = WithRightSums },
        new("pgm", [.. NetpbmSeeds()], typeof(DataFormatException), (_, path) => GrayImage.Read(path)),
        new("csv", [.. CsvSeeds()], typeof(DataFormatException), (_, path) => DataSet.FromCsv(path, label: "kind")),
        new("safetensors", [.. SafeTensorsSeeds()], typeof(WeightsException), ReadSafeTensors) { Mend = WithRightLength },
        new("checkpoint", [.. CheckpointSeeds()], typeof(WeightsException), ReadCheckpoint) { Mend = WithRightPaddedLength },
    ];

    private static byte[] Bytes(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)(i * 37))];

    private static byte[][] IdxSeeds() =>
    [
        IdxBytes.File([3, 2, 4], Bytes(24)), IdxBytes.Labels(0, 1, 2, 9), IdxBytes.Images(2), IdxBytes.Labels(),
        IdxBytes.Compress(IdxBytes.Images(2)), IdxBytes.Compress(IdxBytes.Labels(1, 2, 3)),
    ];

    private static byte[][] CifarSeeds()
    {
        byte[] one = CifarTests.Records([3]), two = CifarTests.Records([0], [9]);
        return [one, two, IdxBytes.Compress(one), IdxBytes.Compress(two)];
    }

    /// <summary>Every colour type, the data packed and as it is.</summary>
    private static IEnumerable<byte[]> PngSeeds()
    {
        const int Width = 5, Height = 4;
        foreach ((int depth, int colour, int channels) in ((int, int, int)[])[(8, 0, 1), (1, 0, 1), (16, 2, 3), (2, 3, 1), (8, 4, 2), (16, 6, 4)])
        {
            foreach ((bool isInterlaced, CompressionLevel level) in ((bool, CompressionLevel)[])[(false, CompressionLevel.NoCompression), (true, CompressionLevel.Optimal)])
            {
                int[][] samples = [.. Enumerable.Range(0, Height).Select(y =>
                    Enumerable.Range(0, Width * channels).Select(x => ((x * 5) + y) % (1 << depth)).ToArray())];
                using var packed = new MemoryStream();
                using (var zlib = new ZLibStream(packed, level))
                    zlib.Write(isInterlaced ? PngBytes.InterlacedLines(samples, depth, channels) : PngBytes.Lines(samples, depth, channels));
                byte[] data = packed.ToArray();
                yield return PngBytes.File(
                    PngBytes.Header(Width, Height, depth, colour, isInterlaced),
                    PngBytes.Chunk("gAMA", [0, 0, 177, 143]),
                    colour == 3 ? PngBytes.Chunk("PLTE", Bytes(12)) : [],
                    colour is 0 or 2 or 3 ? PngBytes.Chunk("tRNS", Bytes(colour == 0 ? 2 : colour == 2 ? 6 : 4)) : [],
                    PngBytes.Chunk("IDAT", data[..(data.Length / 2)]),
                    PngBytes.Chunk("IDAT", data[(data.Length / 2)..]),
                    PngBytes.End);
            }
        }
    }

    private static IEnumerable<byte[]> NetpbmSeeds()
    {
        (string Header, int Bytes)[] images =
        [
            ("P2\n# a comment\n3 2 # another\n15\n0 15 8 1 2 3\n", 0), ("P3 2 1 255 255 0 0  0 255 0\n", 0),
            ("P5 3 2 255\n", 6), ("P5\n2 2\n65535\n", 8), ("P6 2 2 255\n", 12), ("P6\n1 1\n65535\n", 6),
        ];
        return images.Select(image => (byte[])[.. Encoding.ASCII.GetBytes(image.Header), .. Bytes(image.Bytes)]);
    }

    /// <summary>Plain and quoted fields, with either end of a line, and with a mark of UTF-8.</summary>
    private static IEnumerable<byte[]> CsvSeeds()
    {
        string[] texts =
        [
            "length,width,kind\n1.5,2,a\n-3e2,0.25,b\n7,8,a\n",
            "\uFEFFlength,\"wi\"\"dth\",kind\r\n1,2,\"a, b\"\r\n3,4,\"c\nd\"\r\n",
            "kind,x\n0,1\n1,2\n2,3",
        ];
        return texts.Select(Encoding.UTF8.GetBytes);
    }

    private static IEnumerable<byte[]> SafeTensorsSeeds()
    {
        yield return SafeTensorsBytes.File(
            """{"__metadata__":{"format":"pt","a\u00e9":"b\n"},"bn1.num_batches_tracked":{"dtype":"I64","shape":[],"data_offsets":[0,8]},"conv1.weight":{"dtype":"F32","shape":[2,1,2,2],"data_offsets":[8,40]},"conv1.bias":{"dtype":"F32","shape":[2],"data_offsets":[40,48]}  }""",
            [1, 0, 0, 0, 0, 0, 0, 0, .. SafeTensorsBytes.Floats(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)]);
        yield return SafeTensorsBytes.File(
            """{"conv1.bias":{"dtype":"F16","shape":[2],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[0,7],"data_offsets":[4,4]},"c":{"dtype":"BF16","shape":[1,2],"data_offsets":[4,8]}}""",
            Bytes(8));
        yield return SafeTensorsBytes.File("{}", []);
    }

    /// <summary>Every tensor of it, and then as weights, from its path and from a stream.</summary>
    private static void ReadSafeTensors(byte[] file, string path)
    {
        using (SafeTensorsFile opened = SafeTensorsFile.Open(path))
        {
            foreach (TensorEntry tensor in opened.Tensors.Where(tensor => tensor.Type.ConvertsToFloat))
                opened.Read(tensor);
        }
        LoadOrLeave((flat, counters) => Checkpoint.Load(path, Network, flat, counters, strict: false));
        LoadOrLeave((flat, counters) => Checkpoint.Load(new MemoryStream(file), Network, flat, counters, strict: false));
    }

    /// <summary>Runs of a small network.</summary>
    private static IEnumerable<byte[]> CheckpointSeeds()
    {
        foreach (int epochs in (int[])[1, 2])
        {
            using var folder = new TemporaryFolder();
            var net = new TestNetwork(CheckpointProgram);
            using Trainer trainer = net.CreateTrainer(new SGD(momentum: 0.9), Loss.CrossEntropy, 16);
            trainer.Fit(CheckpointData, epochs, callbacks: [new ExponentialMovingAverage(net)], checkpoint: new(folder.Path));
            yield return File.ReadAllBytes(folder[TrainingCheckpoint.FileName]);
        }
    }

    private static PerceptronProgram CheckpointProgram => new(20, 30, grouped: true, masks: true);

    private static DataSet CheckpointData => new([20], new float[200], TrainerTests.Labels(10), 30);

    /// <summary>Into a network, its optimizer and a callback, all or nothing.</summary>
    private static void ReadCheckpoint(byte[] file, string path)
    {
        var net = new TestNetwork(CheckpointProgram);
        var optimizer = new SGD(momentum: 0.9);
        using Trainer trainer = net.CreateTrainer(optimizer, Loss.CrossEntropy, 16);
        float[] before = net.AllValues();
        try
        {
            RunFile run = RunFile.Read(path);
            run.Check(path, net.State, optimizer)();
            run.LoadInto(new TrainingRun(trainer, 1, 1, trainer.History), [new ExponentialMovingAverage(net)]);
        }
        catch (WeightsException)
        {
            net.AllValues().ShouldBe(before, "nothing may change");
            optimizer.StepCount.ShouldBe(0);
            throw;
        }
    }

    private static void LoadOrLeave(Func<float[], long[], WeightsReport> load)
    {
        float[] flat = new float[32];
        long[] counters = [0];
        try
        {
            load(flat, counters).ToString().Length.ShouldBeLessThan(5000);
        }
        catch (WeightsException)
        {
            flat.ShouldAllBe(value => value == 0, "nothing may change");
            counters.ShouldBe([0]);
            throw;
        }
    }

    private static byte[] Compressed(byte[] file) => file is [0x1F, 0x8B, ..] ? file : IdxBytes.Compress(file);

    private static byte[] WithRightSums(byte[] file)
    {
        const int Signature = 8, Around = 12;
        byte[] mended = [.. file];
        for (long chunk = Signature; chunk + Around <= mended.Length;)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(mended.AsSpan((int)chunk));
            if (length > mended.Length - chunk - Around)
                break;
            byte[] right = PngBytes.Chunk("", mended[((int)chunk + 4)..((int)(chunk + 8 + length))]);
            right.AsSpan(^4).CopyTo(mended.AsSpan((int)(chunk + 8 + length)));
            chunk += Around + length;
        }
        return mended;
    }

    /// <summary>The header ends with the last brace, as far as bytes tell.</summary>
    private static byte[] WithRightLength(byte[] file) => WithRightLength(file, file.AsSpan().LastIndexOf((byte)'}') + 1);

    /// <summary>The header ends with the last two, made up to whole numbers of 64 bits.</summary>
    private static byte[] WithRightPaddedLength(byte[] file) => WithRightLength(file, Math.Min(file.Length, (file.AsSpan().LastIndexOf("}}"u8) + 9) / 8 * 8));

    private static byte[] WithRightLength(byte[] file, int end) => end <= 8 ? file : SafeTensorsBytes.File(file[8..end], file[end..]);
}
