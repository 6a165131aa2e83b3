namespace NetGen.Tests.Reference.Layers;

/// <summary>A layer of signals, or of volumes whose slices it takes for one image, as the same of images: [c, l] as [c, 1, l], [c, d, h, w] as [c, d·h, w].</summary>
/// <param name="Image">The layer of images.</param>
/// <param name="Text">The attribute that declares it.</param>
internal sealed record AsImageLayer(Layer Image, string Text) : Layer
{
    public override string Prefix => Image.Prefix;

    public override string Attribute => Text;

    /// <summary>Kernels [out, in, 1, k], and biases of each place [1, l, out], have no rows.</summary>
    public override IReadOnlyList<ParameterSpec> Parameters => [.. Image.Parameters.Select(spec => spec.Shape switch
    {
        [var o, var i, 1, var k] => spec with { Shape = [o, i, k] },
        [1, var l, var o] when spec.Name == "bias" => spec with { Shape = [l, o] },
        _ => spec,
    })];

    /// <summary>The shape of the image.</summary>
    public static int[] ImageOf(int[] shape) => shape switch { [var c, var l] => [c, 1, l], [var c, var d, var h, var w] => [c, d * h, w], _ => shape };

    public override int[] OutputShape(int[] input)
    {
        int[] output = Image.OutputShape(ImageOf(input));
        return output.SequenceEqual(ImageOf(input)) ? input : output is [var c, 1, var l] && input.Length == 2 ? [c, l] : output;
    }

    public override double[] Forward(LayerCall call) => Image.Forward(Of(call));

    public override double[] Backward(LayerCall call, double[] output, double[] outputGradient) => Image.Backward(Of(call), output, outputGradient);

    public override double[] Rounded(LayerCall call, double[] output) => Image.Rounded(Of(call), output);

    public override double[] RoundedBackward(LayerCall call, double[] output, double[] outputGradient, double[] inputGradient) =>
        Image.RoundedBackward(Of(call), output, outputGradient, inputGradient);

    public override double Margin(LayerCall call) => Image.Margin(Of(call));

    /// <summary>Whether it can be done to such an input.</summary>
    public bool Fits(int[] input) => Image is not WindowLayer windows || windows.Fits(ImageOf(input));

    private LayerCall Of(LayerCall call) => call with { InputShape = ImageOf(call.InputShape), OutputShape = Image.OutputShape(ImageOf(call.InputShape)) };
}
