using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Cpu.Planning;

/// <summary>How an activation lies in memory.</summary>
internal enum Layout
{
    /// <summary>16 samples side by side: full vectors whatever the number of channels.</summary>
    SamplesAsLanes,

    /// <summary>A pixel's channels side by side, padded to a multiple of 16.</summary>
    ChannelsLast,
}

/// <summary>Sizes and strides of layouts.</summary>
internal static class Layouts
{
    public static int Padded(int channels) => (channels + InstructionSet.Block - 1) / InstructionSet.Block * InstructionSet.Block;

    /// <summary>The strides of an activation of that shape.</summary>
    public static Steps StepsOf(this Layout layout, TensorShape shape)
    {
        if (layout == Layout.SamplesAsLanes)
            return new Steps(1, shape.Area * InstructionSet.Block, shape.Width * InstructionSet.Block, InstructionSet.Block);
        int channels = Padded(shape.Channels);
        return new Steps(shape.Area * channels, 1, shape.Width * channels, channels);
    }

    /// <summary>Floats of an activation: of 16 samples where they are lanes, of one elsewhere.</summary>
    public static int FloatsOf(this Layout layout, TensorShape shape) =>
        layout == Layout.SamplesAsLanes ? checked(shape.Size * InstructionSet.Block) : checked(shape.Area * Padded(shape.Channels));
}
