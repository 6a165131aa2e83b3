using System.Runtime.CompilerServices;

namespace NetGen.Engine;

/// <summary>
/// Fills a new network's parameters. Each has a stream of random numbers of its own, of which an element takes the one at its place in PyTorch's
/// order: values depend on the seed, the parameter's place and its shape, and not on how kernels lay them out. They are written in the order of
/// memory, those of large networks by several processors.
/// </summary>
/// <remarks>
/// PyTorch's Linear and Conv2d, unless told otherwise, draw weights with <c>kaiming_uniform_(a=√5)</c>, which is U(−1/√fan_in, 1/√fan_in), and biases from the same
/// range (He et al., 2015, arXiv:1502.01852, and torch.nn.Linear.reset_parameters). The numbers themselves are not PyTorch's.
/// </remarks>
internal static class ParameterInitializer
{
    // A piece is half a millisecond's work, and to wake other threads takes part of one: small networks are filled by the caller alone.
    private const int PieceFloats = 1 << 18, FewFloats = 4 * PieceFloats;

    /// <summary>Fills a buffer that is 0.</summary>
    public static void Fill(NetworkDefinition definition, AlignedBuffer values, ulong seed)
    {
        var pieces = new List<Piece>();
        for (var i = 0; i < definition.Parameters.Length; i++)
        {
            ParameterDefinition parameter = definition.Parameters[i];
            if (parameter.Initialization == Initialization.Zeros)
                continue;
            var stream = new CounterRandom(seed, (ulong)i);
            if (parameter.Initialization == Initialization.Orthogonal)
            {
                OrthogonalMatrix.Fill(parameter, stream, values);
                continue;
            }
            var cut = new Cut(parameter, stream, pieces);
            LayoutBoxes.Visit(parameter.Layout.AsSpan(), ref cut);
        }
        if (definition.ParameterFloats > FewFloats)
            Parallel.For(0, pieces.Count, i => pieces[i].Fill(values));
        else
            pieces.ForEach(piece => piece.Fill(values));
    }

    /// <summary>Cuts a parameter's boxes into pieces of about the same size.</summary>
    private readonly struct Cut(ParameterDefinition parameter, CounterRandom stream, List<Piece> pieces) : ILayoutVisitor
    {
        private readonly Distribution distribution = new(parameter);

        public void Visit(scoped ReadOnlySpan<LayoutAxis> axes, nint kernel, nint ordered)
        {
            LayoutAxis[] sorted = [.. axes];
            LayoutFill.SortByMemory(sorted);
            Halve(sorted, parameter.Offset + kernel, ordered);
        }

        private void Halve(LayoutAxis[] axes, nint kernel, nint ordered)
        {
            long elements = 1;
            foreach (LayoutAxis axis in axes)
                elements *= axis.Extent;
            if (elements <= PieceFloats)
            {
                pieces.Add(new Piece(distribution, stream, axes, kernel, ordered));
                return;
            }
            // The outermost that can be: pieces are whole stretches of memory.
            int place = Array.FindIndex(axes, axis => axis.Extent > 1);
            LayoutAxis cut = axes[place];
            int half = cut.Extent / 2;
            LayoutAxis[] first = [.. axes], second = [.. axes];
            first[place] = cut with { Extent = half };
            second[place] = cut with { Extent = cut.Extent - half };
            Halve(first, kernel, ordered);
            Halve(second, kernel + (half * cut.KernelStep), ordered + (half * cut.OrderedStep));
        }
    }

    /// <summary>Elements of a parameter: a box with its axes in the order of memory.</summary>
    private sealed class Piece(Distribution distribution, CounterRandom stream, LayoutAxis[] axes, nint kernel, nint ordered)
    {
        public void Fill(AlignedBuffer values) => Fill(axes, ref Unsafe.Add(ref values.Start, kernel), stream.State((ulong)ordered));

        private void Fill(ReadOnlySpan<LayoutAxis> axes, ref float kernel, ulong state)
        {
            if (axes.Length <= 1)
            {
                Draw(axes.IsEmpty ? new(1, 1, 1) : axes[0], ref kernel, state);
                return;
            }
            LayoutAxis axis = axes[0];
            for (nint i = 0; i < axis.Extent; i++)
                Fill(axes[1..], ref Unsafe.Add(ref kernel, i * axis.KernelStep), state + ((ulong)(i * axis.OrderedStep) * SplitMix64.Increment));
        }

        private void Draw(LayoutAxis run, ref float kernel, ulong state)
        {
            ulong step = (ulong)run.OrderedStep * SplitMix64.Increment;
            for (nint i = 0; i < run.Extent; i++, state += step)
                Unsafe.Add(ref kernel, i * run.KernelStep) = distribution.Draw(state);
        }
    }
}
