using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>
/// A convolution of volumes as one of images: the slices that an output sees are channels of it, [c, k] one after the other as the weights
/// [out, c, k, h, w] have them, and all outputs lie below each other in one image. Rows of that image whose windows reach over two of them are left out.
/// </summary>
/// <param name="Slices">How the image is made of the volume.</param>
/// <param name="Image">The image.</param>
/// <param name="Window">What slides over it.</param>
/// <param name="Products">What it makes, with rows of windows that reach over two outputs.</param>
/// <param name="Wanted">How the volume is made of that; null: it is that.</param>
internal sealed record VolumeConvolution(Unfolding Slices, TensorShape Image, Window Window, TensorShape Products, Unfolding? Wanted)
{
    public static int Describe(ProgramBuilder program, int x, TensorShape output, ConvLayer layer)
    {
        VolumeConvolution convolution = Of(layer.Window, program.Shape(x), output, layer.Groups, layer.PaddingMode, layer.FlipsKernel);
        int all = program.New(convolution.Image, "slices");
        program.Emit(new Unfold(program.Node, convolution.Slices, x, all));
        int product = convolution.Wanted is null ? program.New(output) : program.New(convolution.Products, "products");
        program.Emit(new Contraction(program.Node, convolution.Window, Target.Output, all, program.Parameter("weight"), product, program.Parameter("bias")));
        if (convolution.Wanted is not { } wanted)
            return product;
        int y = program.New(output);
        program.Emit(new Unfold(program.Node, wanted, product, y));
        return y;
    }

    /// <summary>Transposed, step by step, from the last to the first: of the convolution that makes a volume of the input's size from one of the output's.</summary>
    public static int Describe(ProgramBuilder program, int x, TensorShape output, ConvTransposeLayer layer)
    {
        VolumeConvolution convolution = Of(layer.Window, output, program.Shape(x), layer.Groups);
        int product = x;
        if (convolution.Wanted is { } wanted)
        {
            product = program.New(convolution.Products, "products");
            program.Emit(new Fold(program.Node, wanted, x, product));
        }
        int all = program.New(convolution.Image, "slices"), y = program.New(output);
        program.Emit(new Contraction(program.Node, convolution.Window, Target.Input, all, program.Parameter("weight"), product) { IsTransposed = true });
        program.Emit(new Fold(program.Node, convolution.Slices, all, y, program.Parameter("bias")));
        return y;
    }

    private static VolumeConvolution Of(SlidingWindow window, TensorShape input, TensorShape output, int groups, ResamplingKind outside = ResamplingKind.Zeros, bool isFlipped = false)
    {
        (int taps, int stride) = (window.Kernel.Depth, window.Stride.Height);
        Edges edges = window.Around(input);
        int slices = output.Depth, rows = checked(input.SliceHeight + edges.Top + edges.Bottom);
        // Windows start at the same rows of each slice.
        int pitch = checked((rows + stride - 1) / stride * stride), madePitch = pitch / stride;
        bool padsColumns = outside != ResamplingKind.Zeros;
        int columns = padsColumns ? checked(input.Width + edges.Left + edges.Right) : input.Width;

        TensorShape image = TensorShape.Image(checked(input.Channels * taps), checked(((slices - 1) * pitch) + rows), columns);
        TensorShape products = TensorShape.Image(output.Channels, checked(((slices - 1) * madePitch) + output.SliceHeight), output.Width);
        SlidingAxis down = window.Rows with { Padding = default }, along = padsColumns ? window.Columns with { Padding = default } : window.Columns;
        return new(
            new(
                outside, taps, window.Stride.Depth, isFlipped ? -window.Dilation.Depth : window.Dilation.Depth,
                edges.Front - (isFlipped ? checked((taps - 1) * window.Dilation.Depth) : 0),
                (input.Depth, slices), new(input.SliceHeight, input.SliceHeight, rows, pitch, edges.Top), new(input.Width, columns, padsColumns ? edges.Left : 0)),
            image,
            new(products.Channels, image.Channels, [down.Over(image.Height, products.Height), along.Over(image.Width, products.Width)], groups),
            products,
            products.Height == output.Height ? null : new(
                ResamplingKind.Zeros, 1, 1, 1, 0, (slices, slices), new(output.SliceHeight, madePitch, output.SliceHeight, output.SliceHeight, 0), new(output.Width, output.Width, 0)));
    }
}
