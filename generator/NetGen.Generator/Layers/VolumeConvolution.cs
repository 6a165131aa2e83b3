using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>
/// A convolution of volumes as one of images: the slices that an output sees are channels of it, [c, k] one after the other as the weights
/// [out, c, k, h, w] have them, and all outputs lie below each other in one image. Rows of that image whose windows reach over two of them are left out.
/// </summary>
internal static class VolumeConvolution
{
    public static int Describe(ProgramBuilder program, int x, TensorShape output, ConvLayer layer)
    {
        SlidingWindow window = layer.Window;
        (TensorShape input, int taps, int stride) = (program.Shape(x), window.Kernel.Depth, window.Stride.Height);
        Edges edges = window.Around(input);
        int slices = output.Depth, rows = checked(input.SliceHeight + edges.Top + edges.Bottom);
        // Windows start at the same rows of each slice.
        int pitch = checked((rows + stride - 1) / stride * stride);
        bool padsColumns = layer.PaddingMode != ResamplingKind.Zeros;
        int columns = padsColumns ? checked(input.Width + edges.Left + edges.Right) : input.Width;

        int all = Lay(
            program, x, "slices", TensorShape.Image(checked(input.Channels * taps), checked(((slices - 1) * pitch) + rows), columns),
            new Unfolding(
                layer.PaddingMode, taps, window.Stride.Depth, layer.FlipsKernel ? -window.Dilation.Depth : window.Dilation.Depth,
                window.Slices.Around(input.Depth).Before - (layer.FlipsKernel ? checked((taps - 1) * window.Dilation.Depth) : 0),
                (input.Depth, slices), new(input.SliceHeight, input.SliceHeight, rows, pitch, edges.Top), new(input.Width, columns, padsColumns ? edges.Left : 0)));

        TensorShape image = program.Shape(all), made = TensorShape.Image(layer.OutChannels, checked(((slices - 1) * (pitch / stride)) + output.SliceHeight), output.Width);
        bool areAllWanted = made.Height == output.Height;
        SlidingAxis down = window.Rows with { Padding = default }, along = padsColumns ? window.Columns with { Padding = default } : window.Columns;
        int product = areAllWanted ? program.New(output) : program.New(made, "products");
        program.Emit(new Contraction(
            program.Node, new(made.Channels, image.Channels, [down.Over(image.Height, made.Height), along.Over(image.Width, made.Width)], layer.Groups),
            Target.Output, all, program.Parameter("weight"), product, program.Parameter("bias")));
        return areAllWanted ? product : Lay(
            program, product, "", output,
            new Unfolding(
                ResamplingKind.Zeros, 1, 1, 1, 0, (slices, slices), new(output.SliceHeight, pitch / stride, output.SliceHeight, output.SliceHeight, 0), new(output.Width, output.Width, 0)));
    }

    private static int Lay(ProgramBuilder program, int x, string purpose, TensorShape shape, Unfolding slices)
    {
        int y = program.New(shape, purpose);
        program.Emit(new Unfold(program.Node, slices, x, y));
        return y;
    }
}
