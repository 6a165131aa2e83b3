using EquivarianceSample;
using NetGen;
using NetGen.Reports;
using SamplesShared;

const int Side = 32, Area = Side * Side, MostPixels = 10;

return Experiment.Run(new("equivariance", "What a shift of the input does to a network", "a picture, PNG, PGM or PPM; drawn unless told otherwise"), args, run =>
{
    float[] picture = run.Data is { } path ? Canvas.ReadGrey(path, Side, Side) : Draw();
    var circular = new Circular(seed: 1);
    INetwork zeros = Like(circular, new Zeros(seed: 2)), pooled = Like(circular, new Pooled(seed: 2)), global = Like(circular, new GlobalPooled(seed: 2)), connected = new FullyConnected(seed: 1);
    int[] shifts = [.. Enumerable.Range(0, MostPixels + 1)];
    float[][] inputs = [.. shifts.Select(shift => Shifted(picture, Side, shift))];

    // Equivariance: the map of the shifted picture, beside the shifted map of the picture.
    double[] Moved(INetwork net, int margin = 0) => [.. shifts.Select(shift =>
        Numbers.Apart(Inner(Shifted(net.Predict(picture), Side, shift), margin, shift), Inner(net.Predict(inputs[shift]), margin, shift)))];
    // Invariance: the output for the shifted picture, beside that for the picture.
    double[] Changed(INetwork net) => [.. shifts.Select(shift => Numbers.Apart(net.Predict(picture), net.Predict(inputs[shift])))];

    double[] byCircular = Moved(circular), byZeros = Moved(zeros), byZerosInside = Moved(zeros, margin: 3), byConnected = Moved(connected);
    double[] maps = Changed(circular), afterPooling = Changed(pooled), afterGlobal = Changed(global), afterConnected = Changed(connected);

    run.Report.Heading("Equivariance").Text("Shift, then convolve, or convolve, then shift: a convolution does not care, but for its border. Fully connected layers do.")
        .Plot(new Plot("Shifted map against the map of the shifted picture", Over("convolution, circular", byCircular), Over("convolution, zeros", byZeros),
            Over("the same, 3 pixels from the border", byZerosInside), Over("fully connected", byConnected))
        { XLabel = "shift in pixels", YLabel = "difference, share of length" })
        .Images("The picture, and map 1 of each", Show(circular, "circular").Concat(Show(zeros, "zeros")).Concat(Show(connected, "fully connected")).Prepend((Picture.Grey(picture, Side, Side), "picture")), zoom: 4);
    run.Report.Heading("Invariance").Text("How much the outputs change with the shift: pooling forgets small ones, global pooling all of them.")
        .Plot(new Plot("Output against that of the shifted picture", Over("convolution", maps), Over("then pooling of 8×8", afterPooling), Over("then global pooling", afterGlobal),
            Over("fully connected", afterConnected))
        { XLabel = "shift in pixels", YLabel = "difference, share of length" });

    run.Find("convolution, circular border: shifted map", $"{byCircular.Max():0.0e0}", $"rounding, below 1e-6", byCircular.Max() < 1e-6);
    run.Find("convolution, zeros: the same", $"{byZeros.Max():0.000}", $"above 0.001", byZeros.Max() > 1e-3);
    run.Find("convolution, zeros: 3 pixels from the border", $"{byZerosInside.Max():0.0e0}", $"rounding, below 1e-6", byZerosInside.Max() < 1e-6);
    run.Find("fully connected: the same", $"{byConnected[1..].Min():0.00}", $"above 0.1", byConnected[1..].Min() > 0.1);
    run.Find("pooled maps and maps after a shift by 1", $"{afterPooling[1]:0.000}, {maps[1]:0.000}", $"less than half of the second", afterPooling[1] < maps[1] / 2);
    run.Find("globally pooled maps after any shift", $"{afterGlobal.Max():0.0e0}", $"rounding, below 1e-5", afterGlobal.Max() < 1e-5);
    run.Find("fully connected outputs after a shift by 5", $"{afterConnected[5]:0.00}", $"above 0.1", afterConnected[5] > 0.1);

    IEnumerable<(RgbImage, string)> Show(INetwork net, string name) => new[] { 0, 5 }.Select(shift =>
        (Picture.Grey(net.Predict(inputs[shift]).AsSpan(Area, Area), Side, Side), $"{name}, shifted by {shift}"));
});

static Series Over(string name, double[] values) => new(name, [.. Enumerable.Range(0, values.Length).Select(shift => (double)shift)], [.. values]);

// Off the middle, so that a shift brings it over the edge.
static float[] Draw() => new Canvas(1, Side, Side).Paint(Canvas.Ring(19, 13, 7, 3), 1).Paint(Canvas.Box(9, 22, 6, 2, 0.7f), 0.7f).Paint(Canvas.Triangle(24, 25, 6), 0.5f).Values;

// All channels moved to the right; what leaves comes in again on the left.
static float[] Shifted(float[] maps, int side, int by) =>
    [.. Enumerable.Range(0, maps.Length).Select(i => maps[i - (i % side) + ((i % side) + side - by) % side])];

// What of the shifted maps lies so far from the border, and did before the shift.
static float[] Inner(float[] maps, int margin, int shift) => margin == 0 ? maps : [.. maps.Where((_, i) =>
{
    (int y, int x) = (i / Side % Side, i % Side);
    return y >= margin && y < Side - margin && x >= margin + shift && x < Side - margin;
})];

static TNetwork Like<TNetwork>(INetwork from, TNetwork net) where TNetwork : INetwork
{
    foreach (Parameter parameter in net.Parameters)
    {
        for (int i = 0; i < parameter.Values.Count; i++)
            parameter.Values[i] = from.Parameters[parameter.Name].Values[i];
    }
    return net;
}
