using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Layers;

/// <summary>LocallyConnected1d and 2d: a convolution that shares no weights: every place of the output has its own.</summary>
internal sealed record LocallyConnectedLayer(int OutChannels, SlidingWindow Window, bool Bias) : UnaryLayer
{
    public override string Kind => FormattableString.Invariant($"LocallyConnected{Window.Rank}d");

    public override string NamePrefix => "local";

    public static Layer Read(int rank, LayerArguments arguments) =>
        new LocallyConnectedLayer(arguments.Int("outChannels"), SlidingWindow.Read(arguments, rank, Extent.One), arguments.Bool("bias", true));

    public override string Details(TensorShape input) =>
        FormattableString.Invariant($"{input.Channels} → {OutChannels}, {Window.Details(Extent.One)}{(Bias ? "" : ", no bias")}");

    public override IEnumerable<Problem> CheckArguments() => [.. Check.AtLeast(1, Kind, "outChannels", OutChannels), .. Window.CheckArguments(Kind)];

    public override Inference Infer(TensorShape input) => Window.Infer(Kind, input, OutChannels);

    /// <summary>Keras' layout: a matrix for each place, from the taps of its window, row by row and channel by channel, to the outputs.</summary>
    public override EquatableArray<ParameterSpec> ParameterSpecs(TensorShape input)
    {
        if (Infer(input).Output is not { } output)
            return [];
        int terms = checked((int)Window.Kernel.Area * input.Channels);
        ParameterSpec weight = ParameterSpec.Uniform("weight", [checked((int)output.Area), terms, OutChannels], terms) with { Fans = (terms, (double)Window.Kernel.Area * OutChannels) };
        return Bias ? [weight, ParameterSpec.Uniform("bias", [.. output.Extents.Skip(1), OutChannels], terms)] : [weight];
    }

    public override long MultiplyAdds(TensorShape input) => Infer(input).Output is { } output ? checked((long)output.Size * input.Channels * Window.Kernel.Area) : 0;

    public override int Describe(ProgramBuilder program, int x, TensorShape output)
    {
        int y = program.New(output);
        program.Emit(new LocalProduct(program.Node, Window.Over(program.Shape(x), output), x, program.Parameter("weight"), program.Parameter("bias"), y));
        return y;
    }
}
