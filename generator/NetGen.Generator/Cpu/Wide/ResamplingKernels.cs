using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Operations;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>Shared methods that move, repeat and mix pixels. Forward, pieces are output lines of all samples; backward, parts of the channels of each sample.</summary>
internal static class ResamplingKernels
{
    /// <summary>Numbers of the methods.</summary>
    public const string Struct = """
        /// <summary>An image made of another's pixels: steps of the one that is read forward, and of the other, between pixels, rows and samples, in floats.</summary>
        internal struct Resampling
        {
            /// <summary>How; floats of a pixel, and of one that a piece takes where pieces are parts of the channels, and how many such parts there are.</summary>
            public nint Kind, Floats, Part, Parts;

            /// <summary>Rows read and made, those made before the first that is read, and rows between those that are read.</summary>
            public nint Height, OutHeight, Top, Down;

            /// <summary>Columns.</summary>
            public nint Width, OutWidth, Left, Along;

            public nint X, XRow, XSample, Y, YRow, YSample;
        }
        """;

    /// <summary>The methods.</summary>
    public static IReadOnlyList<SharedKernel> All { get; } =
    [
        new("Resample", "Each pixel from pixels of another image.", ["x", "y"], "in Wide.Resampling s", Struct, Forward) { Helpers = _ => [Tap] },
        new("ResampleGradient", "Each gradient to the pixels that its pixel was made of.", ["dy", "dx"], "in Wide.Resampling s", Struct, Backward) { Helpers = _ => [Tap] },
    ];

    private static string Tap => $$"""
        // The pixel that one is made of, or the two around it and the share of the second; below 0: none.
        private static nint Tap(nint place, nint size, nint before, nint step, nint kind, out nint second, out float share)
        {
            nint first = (place * step) - before;
            share = 0;
            switch (kind)
            {
                case {{(int)ResamplingKind.Reflect}}:
                    first = first < 0 ? -first : first >= size ? (2 * size) - 2 - first : first;
                    break;
                case {{(int)ResamplingKind.Replicate}}:
                    first = Math.Max(0, Math.Min(size - 1, first));
                    break;
                case {{(int)ResamplingKind.Circular}}:
                    first = first < 0 ? first + size : first >= size ? first - size : first;
                    break;
                case {{(int)ResamplingKind.Nearest}}:
                    first = place / step;
                    break;
                case {{(int)ResamplingKind.Bilinear}}:
                    // Half steps from the centre of the first pixel.
                    nint halves = Math.Max(0, (2 * place) + 1 - step);
                    first = halves / (2 * step);
                    share = (halves - (first * 2 * step)) / (float)(2 * step);
                    second = Math.Min(first + 1, size - 1);
                    return first;
                default:
                    first = first < 0 || first >= size ? -1 : first;
                    break;
            }
            second = first;
            return first;
        }
        """;

    private static string Forward(InstructionSet level) => $$"""
        for (nint line = from; line < to; line++)
        {
            nint sample = line / s.OutHeight, row = line - (sample * s.OutHeight);
            nint top = Tap(row, s.Height, s.Top, s.Down, s.Kind, out nint bottom, out float down);
            ref float yAt = ref Unsafe.Add(ref y, (sample * s.YSample) + (row * s.YRow));
            ref float upper = ref Unsafe.Add(ref x, (sample * s.XSample) + (Math.Max(0, top) * s.XRow)), lower = ref Unsafe.Add(ref x, (sample * s.XSample) + (Math.Max(0, bottom) * s.XRow));
            for (nint column = 0; column < s.OutWidth; column++)
            {
                nint left = Tap(column, s.Width, s.Left, s.Along, s.Kind, out nint right, out float along);
                if (top < 0 || left < 0)
                {
                    for (nint c = 0; c < s.Floats; c += {{level.Lanes}})
                        V.Zero.StoreUnsafe(ref yAt, (nuint)c);
                }
                else if (down == 0 && along == 0)
                {
                    ref float at = ref Unsafe.Add(ref upper, left * s.X);
                    for (nint c = 0; c < s.Floats; c += {{level.Lanes}})
                        Vec.LoadUnsafe(ref at, (nuint)c).StoreUnsafe(ref yAt, (nuint)c);
                }
                else
                {
                    ref float upperLeft = ref Unsafe.Add(ref upper, left * s.X), upperRight = ref Unsafe.Add(ref upper, right * s.X);
                    ref float lowerLeft = ref Unsafe.Add(ref lower, left * s.X), lowerRight = ref Unsafe.Add(ref lower, right * s.X);
                    for (nint c = 0; c < s.Floats; c += {{level.Lanes}})
                    {
                        V above = (Vec.LoadUnsafe(ref upperLeft, (nuint)c) * (1 - along)) + (Vec.LoadUnsafe(ref upperRight, (nuint)c) * along);
                        V below = (Vec.LoadUnsafe(ref lowerLeft, (nuint)c) * (1 - along)) + (Vec.LoadUnsafe(ref lowerRight, (nuint)c) * along);
                        ((above * (1 - down)) + (below * down)).StoreUnsafe(ref yAt, (nuint)c);
                    }
                }
                yAt = ref Unsafe.Add(ref yAt, s.Y);
            }
        }
        """;

    private static string Backward(InstructionSet level) => $$"""
        for (nint piece = from; piece < to; piece++)
        {
            nint sample = piece / s.Parts, first = (piece - (sample * s.Parts)) * s.Part, last = Math.Min(first + s.Part, s.Floats);
            ref float dxOf = ref Unsafe.Add(ref dx, sample * s.XSample), dyOf = ref Unsafe.Add(ref dy, sample * s.YSample);
            for (nint row = 0; row < s.Height; row++)
            {
                for (nint column = 0; column < s.Width; column++)
                {
                    for (nint c = first; c < last; c += {{level.Lanes}})
                        V.Zero.StoreUnsafe(ref dxOf, (nuint)((row * s.XRow) + (column * s.X) + c));
                }
            }
            for (nint row = 0; row < s.OutHeight; row++)
            {
                nint top = Tap(row, s.Height, s.Top, s.Down, s.Kind, out nint bottom, out float down);
                if (top < 0)
                    continue;
                ref float upper = ref Unsafe.Add(ref dxOf, top * s.XRow), lower = ref Unsafe.Add(ref dxOf, bottom * s.XRow);
                for (nint column = 0; column < s.OutWidth; column++)
                {
                    nint left = Tap(column, s.Width, s.Left, s.Along, s.Kind, out nint right, out float along);
                    if (left < 0)
                        continue;
                    ref float at = ref Unsafe.Add(ref dyOf, (row * s.YRow) + (column * s.Y));
                    for (nint c = first; c < last; c += {{level.Lanes}})
                    {
                        V g = Vec.LoadUnsafe(ref at, (nuint)c);
                        if (down == 0 && along == 0)
                        {
                            {{Add("upper", "left", "g")}}
                            continue;
                        }
                        V above = g * (1 - down), below = g * down;
                        {{Add("upper", "left", "above * (1 - along)")}}
                        {{Add("upper", "right", "above * along")}}
                        {{Add("lower", "left", "below * (1 - along)")}}
                        {{Add("lower", "right", "below * along")}}
                    }
                }
            }
        }
        """;

    /// <summary>Two of the four may be one place, so each is read when those before are written.</summary>
    private static string Add(string row, string column, string value) =>
        $"(Vec.LoadUnsafe(ref {row}, (nuint)(({column} * s.X) + c)) + ({value})).StoreUnsafe(ref {row}, (nuint)(({column} * s.X) + c));";
}
