using FiltersSample;
using NetGen;
using NetGen.Reports;
using SamplesShared;

const int Side = 96, Area = Side * Side;
// Different on all sides, so that nothing is alike by chance.
float[] kernel = [0.1f, 0.2f, -0.3f, 0.4f, 0.5f, -0.6f, 0.7f, -0.8f, 0.9f];

return Experiment.Run(new("filters", "What filters see in a picture", "a picture, PNG, PGM or PPM; drawn unless told otherwise"), args, run =>
{
    var random = new Random(1);
    float[] picture = run.Data is { } path ? Canvas.ReadGrey(path, Side, Side) : Draw();
    run.Report.Image("The picture", Picture.Grey(picture, Side, Side, 0, 1), zoom: 2);
    Smooth(run, picture, random);
    SmoothSignal(run, random);
    FindEdges(run, picture);
    Convolve(run, picture);
    Border(run, picture);
    Matrix(run, random);
});

static float[] Draw() => new Canvas(1, Side, Side)
    .Paint((x, y) => -1, 0.35f)
    .Paint(Canvas.Disk(28, 30, 17), 0.9f)
    .Paint(Canvas.Box(66, 26, 15, 9, 0.5f), 0.1f)
    .Paint(Canvas.Box(48, 70, 4, 20), 1)
    .Paint(Canvas.Triangle(76, 70, 18, 0.3f), 0.75f)
    .Paint(Canvas.Ring(22, 72, 12, 3), 0).Values;

static void Smooth(Experiment run, float[] picture, Random random)
{
    string[] names = ["box 3×3", "box 5×5", "Gaussian 3×3", "Gaussian 5×5"];
    // Of noise that is independent from pixel to pixel a filter leaves as much as the length of its weights.
    double[] left = [1.0 / 3, 1.0 / 5, 6.0 / 16, 70.0 / 256];
    float[] noise = [.. Enumerable.Range(0, Area).Select(_ => (float)(random.NextDouble() - 0.5))];
    float[] noisy = [.. picture.Zip(noise, (value, by) => value + (0.4f * by))];
    var net = new Smoothing(seed: 1);
    float[] smooth = net.Predict(noisy), smoothNoise = net.Predict(noise);
    run.Report.Heading("Smoothing").Images("The picture with noise, and smoothed",
        names.Select((name, i) => (Picture.Grey(smooth.AsSpan(i * Area, Area), Side, Side, 0, 1), name)).Prepend((Picture.Grey(noisy, Side, Side, 0, 1), "noise added")), zoom: 2);
    for (int i = 0; i < names.Length; i++)
    {
        double measured = Numbers.Deviation(smoothNoise.Skip(i * Area).Take(Area)) / Numbers.Deviation(noise);
        run.Find($"noise left by a {names[i]}", $"{measured:0.000}", $"{left[i]:0.000}, give or take a tenth", Math.Abs((measured / left[i]) - 1) < 0.1);
    }
}

static void SmoothSignal(Experiment run, Random random)
{
    float[] clean = [.. Enumerable.Range(0, 256).Select(i => MathF.Sin(i / 18f) + (0.5f * MathF.Sin(i / 41f)))];
    float[] noisy = [.. clean.Select(value => value + (float)(random.NextDouble() + random.NextDouble() - 1))];
    float[] smooth = new SignalSmoothing(seed: 1).Predict(noisy);
    run.Report.Heading("A signal").Plot(new Plot("A noisy signal, smoothed by a bell of 15 values", Series.Of("noisy", noisy.Select(value => (double)value)),
        Series.Of("smoothed", smooth.Select(value => (double)value)), Series.Of("without noise", clean.Select(value => (double)value)))
    { XLabel = "time", YLabel = "value" });
    double before = Numbers.Deviation(noisy.Zip(clean, (one, other) => one - other)), after = Numbers.Deviation(smooth.Zip(clean, (one, other) => one - other));
    run.Find("noise of a signal, smoothed", $"{after:0.000} of {before:0.000}", $"less than a half", after < before / 2);
}

static void FindEdges(Experiment run, float[] picture)
{
    (int Channels, INetwork Net, string[] Names)[] all =
    [
        (5, new Edges(seed: 1), ["Sobel, right", "Sobel, down", "Scharr, right", "Scharr, down", "Laplacian"]),
        (4, new OrientedEdges(seed: 1), ["lighter right", "upper right", "up", "upper left"]),
    ];
    run.Report.Heading("Edges");
    foreach ((int channels, INetwork net, string[] names) in all)
    {
        float[] maps = net.Predict(picture);
        run.Report.Images("Negative blue, positive red", Enumerable.Range(0, channels).Select(i => (Picture.Signed(maps.AsSpan(i * Area, Area), Side, Side), names[i])), zoom: 2);
    }
    using NetworkPass pass = ((INetwork)new Lines(seed: 1)).CreatePass(batch: 1, threads: 1);
    // A wall of light from column 41 on, of 60 rows, and one that leans: edges both, but only one of them a line.
    float[] walls = new Canvas(1, Side, Side).Paint(Canvas.Box(51, 40, 10, 30), 1).Paint(Canvas.Box(15, 60, 5, 25, 0.6f), 1).Values;
    pass.Forward(walls);
    float[] edges = pass.Activations["edges"].ToArray(), lines = pass.Output.ToArray();
    run.Report.Images("An upright and a leaning wall; edges that are lighter on the right; upright lines of them",
        [(Picture.Grey(walls, Side, Side), "walls"), (Picture.Grey(edges, Side, Side), "edges"), (Picture.Grey(lines, Side, Side), "lines")], zoom: 2);
    int strongest = Array.IndexOf(lines, lines.Max());
    double leaning = Enumerable.Range(0, Area).Where(i => i % Side < 34).Max(i => lines[i]) / lines.Max(), leaningEdge = Enumerable.Range(0, Area).Where(i => i % Side < 34).Max(i => edges[i]) / edges.Max();
    run.Find("the strongest upright line", $"column {strongest % Side}", $"column 40 or 41", strongest % Side is 40 or 41);
    run.Find("the leaning wall as an edge, and as a line", $"{leaningEdge:0.00}, {leaning:0.00}", $"above 0.6, below 0.4", leaningEdge > 0.6 && leaning < 0.4);
}

void Convolve(Experiment run, float[] picture)
{
    float[] impulse = new float[Area], turned = [.. kernel.Reverse()];
    impulse[(48 * Side) + 48] = 1;
    float[] correlation = With(new SameBorder(seed: 1), kernel).Predict(picture), convolution = With(new TrueConvolution(seed: 1), kernel).Predict(picture);
    run.Report.Heading("Convolution and correlation").Images("One kernel, laid on as it is and turned round",
        [(Picture.Signed(correlation, Side, Side), "correlation"), (Picture.Signed(convolution, Side, Side), "convolution")], zoom: 2);
    run.Find("convolution against correlation with the kernel turned round", $"{Numbers.Farthest(convolution, With(new SameBorder(seed: 1), turned).Predict(picture)):0.0e0}", $"below 1e-5", Numbers.Farthest(convolution, With(new SameBorder(seed: 1), turned).Predict(picture)) < 1e-5);
    run.Find("convolution against correlation with the same kernel", $"{Numbers.Farthest(convolution, correlation):0.00}", $"above 0.1", Numbers.Farthest(convolution, correlation) > 0.1);
    (int Dilation, INetwork Net)[] dilated = [(1, With(new SameBorder(seed: 1), kernel)), (2, With(new Dilated2(seed: 1), kernel)), (4, With(new Dilated4(seed: 1), kernel))];
    run.Report.Heading("Dilated").Images("What one bright pixel becomes, and the picture, by nine taps 1, 2 and 4 pixels apart",
        dilated.SelectMany(each => new[] { (Picture.Signed(each.Net.Predict(impulse), Side, Side), $"{each.Dilation} apart"), (Picture.Signed(each.Net.Predict(picture), Side, Side), "") }), zoom: 2);
    foreach ((int dilation, INetwork net) in dilated)
    {
        int[] columns = [.. net.Predict(impulse).Select((value, i) => (value, i)).Where(each => each.value != 0).Select(each => each.i % Side)];
        run.Find($"taps {dilation} apart see", $"{columns.Max() - columns.Min() + 1} pixels, {columns.Length} of them", $"{(2 * dilation) + 1} pixels, 9 of them", columns.Max() - columns.Min() == 2 * dilation && columns.Length == 9);
    }
}

void Border(Experiment run, float[] picture)
{
    (string Name, INetwork Net, Func<int, int?> Source)[] borders =
    [
        ("valid", With(new ValidBorder(seed: 1), kernel), i => i), ("same, zeros", With(new SameBorder(seed: 1), kernel), i => i), ("full", With(new FullBorder(seed: 1), kernel), i => i),
        ("circular", With(new CircularBorder(seed: 1), kernel), i => (i + Side) % Side), ("symmetric", With(new SymmetricBorder(seed: 1), kernel), i => i < 0 ? -i : i >= Side ? (2 * Side) - 2 - i : i),
    ];
    run.Report.Heading("Borders").Images("The same kernel with other borders", borders.Select(each => (Picture.Signed(each.Net.Predict(picture), each.Net.OutputShape[1], each.Net.OutputShape[2]), $"{each.Name}: {each.Net.OutputShape[1]}×{each.Net.OutputShape[2]}")), zoom: 2);
    foreach ((string name, INetwork net, Func<int, int?> source) in borders)
    {
        int side = net.OutputShape[2], before = (side - Side + 2) / 2;
        double Pixel(int y, int x) => source(y) is >= 0 and < Side and { } row && source(x) is >= 0 and < Side and { } column ? picture[(row * Side) + column] : 0;
        float[] expected = [.. Enumerable.Range(0, side * side).Select(i => (float)Enumerable.Range(0, 9).Sum(tap => kernel[tap] * Pixel((i / side) - before + (tap / 3), (i % side) - before + (tap % 3))))];
        double farthest = Numbers.Farthest(net.Predict(picture), expected);
        run.Find($"border {name} against sums in double precision", $"{farthest:0.0e0}", $"below 1e-5", farthest < 1e-5);
    }
}

void Matrix(Experiment run, Random random)
{
    SmallConvolution net = With(new SmallConvolution(seed: 1), kernel);
    // Row (p, q), column (p + r, q + s): the kernel's number (r, s), the same along all diagonals of a block, and the same in all blocks of a diagonal.
    var matrix = new float[100 * 144];
    for (int i = 0; i < 900; i++)
        matrix[(i / 9 * 144) + (((i / 90) + (i % 9 / 3)) * 12) + (i / 9 % 10) + (i % 3)] = kernel[i % 9];
    float[] input = [.. Enumerable.Range(0, 144).Select(_ => (float)random.NextDouble())];
    float[] product = [.. Enumerable.Range(0, 100).Select(row => (float)Enumerable.Range(0, 144).Sum(column => (double)matrix[(row * 144) + column] * input[column]))];
    run.Report.Heading("As a matrix").Image("The convolution of 12×12 pixels as a matrix of 100 rows and 144 columns, doubly Toeplitz", Picture.Signed(matrix, 100, 144), zoom: 4);
    double farthest = Numbers.Farthest(net.Predict(input), product);
    run.Find("a convolution against its Toeplitz matrix", $"{farthest:0.0e0}", $"below 1e-6", farthest < 1e-6);
}

static TNetwork With<TNetwork>(TNetwork net, float[] kernel) where TNetwork : INetwork
{
    for (int i = 0; i < kernel.Length; i++)
        net.Parameters["conv.weight"].Values[i] = kernel[i];
    return net;
}
