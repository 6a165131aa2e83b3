using System.Collections.Immutable;
using NetGen.Engine;

namespace NetGen.Tests.Engine;

/// <summary>Copies between kernels' layouts and PyTorch's order, held to the place of every single element.</summary>
[Collection(Alone.Name)]
public sealed class StridedLayoutTests
{
    /// <summary>Layouts that there are: plain, padded, channels last, panels of 16 and 32 outputs whose last is cut short, spread out.</summary>
    private static readonly Dictionary<string, Stride[]> Layouts = new()
    {
        ["one element"] = [],
        ["plain"] = [new(5, 28), new(4, 7), new(7, 1)],
        ["a dimension of one"] = [new(1, 99), new(6, 1), new(1, 99)],
        ["padded rows"] = [new(9, 16), new(13, 1)],
        ["transposed and padded"] = [new(30, 1), new(70, 32)],
        ["transposed, far apart"] = [new(130, 3), new(70, 401)],
        ["channels last"] = [new(24, 1), new(9, 11 * 32), new(11, 32)],
        ["few channels last"] = [new(3, 1), new(20, 20 * 3), new(20, 3)],
        ["samples as lanes"] = [new(6, 5 * 7 * 16), new(5, 7 * 16), new(7, 16)],
        ["panels of a linear layer"] = [new(64, 1, 32, 300 * 32), new(300, 32)],
        ["panels, the last cut short"] = [new(75, 1, 32, 141 * 32), new(141, 32)],
        ["fewer than a panel"] = [new(20, 1, 32, 141 * 32), new(141, 32)],
        ["panels of a convolution"] = [new(70, 1, 32, 3 * 3 * 40 * 32), new(40, 32), new(3, 3 * 40 * 32), new(3, 40 * 32)],
        ["panels within panels"] = [new(37, 1, 16, 3 * 3 * 256), new(41, 16, 16, 3 * 256), new(3, 256)],
        ["inner panels"] = [new(4, 1000), new(45, 1, 16, 160)],
    };

    public static TheoryData<string> Cases => [.. Layouts.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void EveryElementGoesToItsPlaceAndNothingElseIsTouched(string name) => Check([.. Layouts[name]]);

    /// <summary>Three dimensions in any order of memory, each in blocks or not.</summary>
    [Fact]
    public void AnyOrderOfAnyBlocks()
    {
        var random = new Random(3);
        for (var trial = 0; trial < 300; trial++)
        {
            int[] extents = [random.Next(1, 40), random.Next(1, 40), random.Next(1, 12)];
            var strides = new Stride[3];
            int[] order = [0, 1, 2];
            random.Shuffle(order);
            // From the inside out: what is within the blocks first, then the blocks.
            int[] blocks = [.. extents.Select(extent => random.Next(3) == 0 ? random.Next(1, extent + 3) : 0)];
            int floats = random.Next(1, 3);
            int[] steps = new int[3], blockSteps = new int[3];
            foreach (int dimension in order)
            {
                steps[dimension] = floats;
                floats = (floats * (blocks[dimension] == 0 ? extents[dimension] : blocks[dimension])) + random.Next(3);
            }
            random.Shuffle(order);
            foreach (int dimension in order.Where(dimension => blocks[dimension] != 0))
            {
                blockSteps[dimension] = floats;
                floats *= (extents[dimension] + blocks[dimension] - 1) / blocks[dimension];
            }
            Check([.. Enumerable.Range(0, 3).Select(i => new Stride(extents[i], steps[i], blocks[i], blockSteps[i]))]);
        }
    }

    [Fact]
    public void NothingIsAllocated()
    {
        foreach (Stride[] strides in Layouts.Values)
        {
            ImmutableArray<Stride> layout = [.. strides];
            var kernel = new float[StridedLayout.Reach(layout) + 1];
            var ordered = new float[StridedLayout.Count(layout)];
            Allocation.Least(() =>
            {
                for (var call = 0; call < 10; call++)
                {
                    StridedLayout.Scatter(layout, ordered, ref kernel[0]);
                    StridedLayout.Gather(layout, ref kernel[0], ordered);
                    StridedLayout.Fill(layout, 1, ref kernel[0]);
                }
            }).ShouldBe(0);
        }
    }

    private static void Check(ImmutableArray<Stride> layout)
    {
        const float Untouched = -1;
        var ordered = new float[StridedLayout.Count(layout)];
        for (var i = 0; i < ordered.Length; i++)
            ordered[i] = i;
        float[] expected = [.. Enumerable.Repeat(Untouched, (int)StridedLayout.Reach(layout) + 1)], kernel = [.. expected], filled = [.. expected], back = new float[ordered.Length];
        for (var i = 0; i < ordered.Length; i++)
            expected[StridedLayout.Offset(layout, i)] = i;
        string what = string.Join(", ", layout);
        expected.Count(value => value != Untouched).ShouldBe(ordered.Length, $"elements lie apart: {what}");
        StridedLayout.Scatter(layout, ordered, ref kernel[0]);
        kernel.AsSpan().SequenceEqual(expected).ShouldBeTrue(what);
        StridedLayout.Gather(layout, ref kernel[0], back);
        back.AsSpan().SequenceEqual(ordered).ShouldBeTrue(what);
        foreach (int floats in new[] { 1, 100, 1000 })
        {
            back.AsSpan().Clear();
            var next = 0;
            foreach (LayoutPart part in StridedLayout.Parts(layout, floats))
            {
                part.First.ShouldBe(next, what);
                StridedLayout.Gather(part.Layout, ref kernel[part.Kernel], back.AsSpan(next, part.Count));
                next += part.Count;
            }
            back.AsSpan().SequenceEqual(ordered).ShouldBeTrue($"in parts of {floats}: {what}");
        }
        StridedLayout.Fill(layout, 7, ref filled[0]);
        filled.AsSpan().SequenceEqual(expected.Select(value => value == Untouched ? Untouched : 7).ToArray()).ShouldBeTrue(what);
    }
}
