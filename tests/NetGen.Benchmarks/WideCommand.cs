using System.CommandLine;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Wide;

namespace NetGen.Benchmarks;

/// <summary>
/// <c>wide</c>: forward, input gradient and weight gradient of wide layers on one thread, in GFLOP/s and as a share of what the bare
/// register tile reaches in the same run.
/// </summary>
internal static class WideCommand
{
    private static readonly Option<string> Layers = new("--layers") { Description = "Only layers whose name has this in it.", DefaultValueFactory = _ => "" };
    private static readonly Option<int> Batch = new("--batch") { Description = "Samples.", DefaultValueFactory = _ => 1 };
    private static readonly Option<double> Budget = new("--seconds") { Description = "For each measurement.", DefaultValueFactory = _ => 0.3 };

    private delegate void Call(ref float first, ref float second, ref float third, ref float bias, ref float scratch, nint samples, nint from, nint to);

    public static Command Create()
    {
        var command = new Command("wide", "Prints GFLOP/s of AlexNet's and VGG16's layers, and others, beside the bare register tile's.") { Layers, Batch, Budget };
        command.SetAction(parsed => Run(parsed.GetValue(Layers)!, parsed.GetValue(Batch), parsed.GetValue(Budget)));
        return command;
    }

    private static void Run(string filter, int samples, double seconds)
    {
        // 16 tiles of 14 pixels × 32 columns over 256 channels: all of it in the second-level cache.
        var tile = new WideLayer("tile", new WideConvolution(256, 32, new(1, 1, 1), new(224, 1, 224)));
        WideLayer[] layers = [tile, .. WideLayer.All.Where(layer => layer.Name.Contains(filter, StringComparison.OrdinalIgnoreCase))];
        WideDriver[] drivers = [.. layers.SelectMany(Drivers)];
        Type type = Compile(drivers);
        Call At(int index) => type.GetMethod($"Run{index}")!.CreateDelegate<Call>();
        Bench bare = new(tile, 0, drivers[0], At(0), 1);
        Console.WriteLine($"{"",-18}{"forward",20}{"input gradient",20}{"weight gradient",20}   GFLOP/s, and % of the tile beside it; batch {samples}");
        for (var i = 1; i < layers.Length; i++)
        {
            Console.Write($"{layers[i].Name,-18}");
            for (var kind = 0; kind < 3; kind++)
            {
                int index = (i * 3) + kind;
                (double speed, double share) = Compare(new Bench(layers[i], kind, drivers[index], At(index), samples), bare, seconds);
                Console.Write(string.Create(CultureInfo.InvariantCulture, $"{speed,12:0}{share,7:0 %} "));
            }
            Console.WriteLine();
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"tile at best {bare.Best:0} GFLOP/s; drivers {drivers.Sum(d => d.Write("Name").Length) / 1024} KiB"));
    }

    /// <summary>The best speed, and the median of its ratio to the bare tile's just before and after.</summary>
    private static (double Speed, double Share) Compare(Bench bench, Bench bare, double seconds)
    {
        var shares = new List<double>();
        bench.Once(0);
        double before = bare.Once(0.002), start = ThreadTime.Seconds;
        while (shares.Count < 5 || (ThreadTime.Seconds - start < seconds && shares.Count < 1000))
        {
            double speed = bench.Once(0.001), after = bare.Once(0.002);
            shares.Add(2 * speed / (before + after));
            before = after;
        }
        shares.Sort();
        return (bench.Best, shares[shares.Count / 2]);
    }

    private static IEnumerable<WideDriver> Drivers(WideLayer layer)
    {
        WideConvolution c = layer.Convolution;
        ((PixelSteps x, _), (PixelSteps y, _)) = (Input(c), Output(c));
        return
        [
            ForwardDriver.Write(c, x, y, new WideEpilogue(Bias: true, HasLowest: true)),
            InputGradientDriver.Write(c, Output(c, true).Steps, WideLayer.Memory(WideConvolution.Padded(c.In), c.Rows.Input, c.Columns.Input, default).Steps, new WideEpilogue()),
            WeightGradientDriver.Write(c, x, y, adds: false),
        ];
    }

    private static (PixelSteps Steps, int Origin) Input(WideConvolution c) =>
        WideLayer.Memory(c.In % 16 == 0 ? c.In : c.In <= 4 ? c.In : WideConvolution.Padded(c.In), c.Rows.Input, c.Columns.Input, WideHalo.Of(c.Rows.Halo, c.Columns.Halo));

    private static (PixelSteps Steps, int Origin) Output(WideConvolution c, bool hasHalo = false) =>
        WideLayer.Memory(WideConvolution.Padded(c.Out), c.Rows.Output, c.Columns.Output, hasHalo ? WideHalo.Of(c.Rows.GradientHalo, c.Columns.GradientHalo) : default);

    /// <summary>A driver with memory to run on.</summary>
    private sealed class Bench
    {
        private readonly Call call;
        private readonly Memory first;
        private readonly Memory second;
        private readonly Memory third;
        private readonly Memory bias;
        private readonly Memory scratch;
        private readonly int samples;
        private readonly int pieces;
        private readonly double flops;

        public Bench(WideLayer layer, int kind, WideDriver driver, Call call, int samples)
        {
            WideConvolution c = layer.Convolution;
            (PixelSteps x, int xOrigin) = kind == 1 ? WideLayer.Memory(WideConvolution.Padded(c.In), c.Rows.Input, c.Columns.Input, default) : Input(c);
            (PixelSteps y, int yOrigin) = Output(c, kind == 1);
            (first, second, third) = (new(x.Sample * samples, xOrigin), new(c.WeightFloats, 0), new(y.Sample * samples, yOrigin));
            (bias, scratch) = (new(c.Out + 32, 0), new(driver.Scratch, 0));
            (this.call, this.samples, pieces, flops) = (call, samples, driver.Pieces.Of(samples), 2e-9 * layer.MultiplyAdds * samples);
        }

        /// <summary>GFLOP/s of the fastest call so far.</summary>
        public double Best { get; private set; }

        /// <summary>GFLOP/s of calls for so long.</summary>
        public double Once(double seconds)
        {
            (double start, double time, var calls) = (ThreadTime.Seconds, 0, 0);
            do
            {
                call(ref first.Start, ref second.Start, ref third.Start, ref bias.Start, ref scratch.Start, samples, 0, pieces);
                time = ThreadTime.Seconds - start;
                calls++;
            }
            while (time < seconds);
            double speed = flops * calls / time;
            Best = Math.Max(Best, speed);
            return speed;
        }
    }

    private static Type Compile(IReadOnlyList<WideDriver> drivers)
    {
        const string Space = "NetGen.Emitted.Wide";
        var text = new StringBuilder($"namespace {Space};\nusing System;\nusing System.Runtime.CompilerServices;\npublic static class Drivers\n{{\n");
        for (var i = 0; i < drivers.Count; i++)
        {
            string[] names = i % 3 == 0 ? ["x", "w", "y"] : i % 3 == 1 ? ["dx", "w", "dy"] : ["x", "dw", "dy"];
            string arguments = string.Join(", ", drivers[i].Parameters.Split(", ").Select(p => p.Split(' ')).Select(p => p.Length == 3 ? $"ref {p[2]}" : p[1] == "lowest" ? "0f" : p[1]));
            text.AppendLine(drivers[i].Write($"Driver{i}"));
            text.AppendLine(CultureInfo.InvariantCulture, $"public static void Run{i}(ref float {names[0]}, ref float {names[1]}, ref float {names[2]}, ref float bias, ref float scratch, nint samples, nint from, nint to) => Driver{i}({arguments});");
        }
        text.AppendLine("}");
        WideNeeds needs = drivers.Aggregate(WideNeeds.None, (all, driver) => all.And(driver.Needs));
        (long start, long bytes) = (System.Diagnostics.Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
        string[] shared = [.. WideKernels.Write(needs, Space).Select(file => file.Text)];
        Console.WriteLine($"shared methods {string.Join(" + ", shared.Select(t => t.Length / 1024))} KiB");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"written in {System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms, {(GC.GetAllocatedBytesForCurrentThread() - bytes) >> 20} MiB allocated"));
        var parsing = new CSharpParseOptions(LanguageVersion.Latest);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Wide", shared.Append(text.ToString()).Select(t => CSharpSyntaxTree.ParseText(t, parsing)),
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
                .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal)).Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));
        using var stream = new MemoryStream();
        var emitted = compilation.Emit(stream);
        if (!emitted.Success)
            throw new InvalidOperationException(string.Join('\n', emitted.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)));
        stream.Position = 0;
        return new AssemblyLoadContext("wide").LoadFromStream(stream).GetType($"{Space}.Drivers")!;
    }

    /// <summary>Floats from a multiple of 64 bytes on, small numbers of both signs.</summary>
    private sealed class Memory
    {
        private readonly float[] array;
        private readonly int start;

        public Memory(int length, int origin)
        {
            array = GC.AllocateUninitializedArray<float>(length + 16, pinned: true);
            start = (int)((64 - (Marshal.UnsafeAddrOfPinnedArrayElement(array, 0) % 64)) % 64 / sizeof(float)) + origin;
            for (var i = 0; i < array.Length; i++)
                array[i] = ((i * 31 % 64) - 31) / 64f;
        }

        public ref float Start => ref array[Math.Min(start, array.Length - 1)];
    }
}
