using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Wide;

namespace NetGen.Benchmarks;

/// <summary>A wide layer, with the memory that its drivers are bound to: channels side by side, halos around the images.</summary>
internal sealed record WideLayer(string Name, WideConvolution Convolution)
{
    /// <summary>AlexNet's and VGG16's, each kind once, and some of ResNet's and DenseNet's.</summary>
    public static IReadOnlyList<WideLayer> All { get; } =
    [
        Of("alexnet 1", 3, 64, 224, 11, 4, 2), Of("alexnet 2", 64, 192, 27, 5, 1, 2), Of("alexnet 3", 192, 384, 13, 3, 1, 1),
        Of("alexnet 4", 384, 256, 13, 3, 1, 1), Of("alexnet 5", 256, 256, 13, 3, 1, 1),
        new("alexnet fc1", WideConvolution.Linear(9216, 4096)), new("alexnet fc2", WideConvolution.Linear(4096, 4096)), new("alexnet fc3", WideConvolution.Linear(4096, 1000)),
        Of("vgg 1", 3, 64, 224, 3, 1, 1), Of("vgg 2", 64, 64, 224, 3, 1, 1), Of("vgg 3", 64, 128, 112, 3, 1, 1), Of("vgg 4", 128, 128, 112, 3, 1, 1),
        Of("vgg 5", 128, 256, 56, 3, 1, 1), Of("vgg 6", 256, 256, 56, 3, 1, 1), Of("vgg 8", 256, 512, 28, 3, 1, 1), Of("vgg 9", 512, 512, 28, 3, 1, 1),
        Of("vgg 11", 512, 512, 14, 3, 1, 1),
        Of("64-256@56", 64, 256, 56, 1), Of("256-64@56", 256, 64, 56, 1), Of("1024-256@14", 1024, 256, 14, 1), Of("512-2048@7", 512, 2048, 7, 1), Of("256-48@27", 256, 48, 27, 1),
        Of("3x3 512-512@7", 512, 512, 7, 3, 1, 1), Of("3x3 128-32@28", 128, 32, 28, 3, 1, 1), Of("3x3/2 128-128@56", 128, 128, 56, 3, 2, 1), Of("7x7/2 3-64@224", 3, 64, 224, 7, 2, 3),
        Of("1x1/2 256-512@56", 256, 512, 56, 1, 2), Of("512-512@14", 512, 512, 14, 1), Of("256-256@28", 256, 256, 28, 1), Of("128-128@56", 128, 128, 56, 1),
        Of("256-256@10", 256, 256, 10, 1), Of("512-512@5", 512, 512, 5, 1),
    ];

    /// <summary>Multiply-adds of a sample.</summary>
    public long MultiplyAdds => (long)Convolution.WeightsOfAPixel * Convolution.Rows.Output * Convolution.Columns.Output;

    /// <summary>Steps of a tensor, and its first pixel.</summary>
    public static (PixelSteps Steps, int Origin) Memory(int pixel, int height, int width, WideHalo halo)
    {
        int row = (width + halo.Left + halo.Right) * pixel;
        return (new(pixel, row, (height + halo.Top + halo.Bottom) * row), (halo.Top * row) + (halo.Left * pixel));
    }

    private static WideLayer Of(string name, int channelsIn, int channelsOut, int size, int kernel, int stride = 1, int padding = 0)
    {
        var axis = new WideAxis(((size + (2 * padding) - kernel) / stride) + 1, kernel, size, stride, padding);
        return new(name, new WideConvolution(channelsIn, channelsOut, axis, axis));
    }
}
