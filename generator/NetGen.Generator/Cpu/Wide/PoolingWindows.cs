using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>What shared methods of pooling have in common: their numbers, and loops over windows and channels.</summary>
internal static class PoolingWindows
{
    /// <summary>Numbers of the methods.</summary>
    public const string Struct = """
        /// <summary>Windows of a pooling: steps of the first to fourth tensor between pixels, rows and samples, in floats.</summary>
        internal struct Windows
        {
            /// <summary>Floats of a pixel, and of one that a piece takes where pieces are parts of the channels.</summary>
            public nint Channels, Part;

            /// <summary>Rows: of the input, of the output, of a window, between windows, and before the image.</summary>
            public nint Height, OutHeight, KernelHeight, StrideHeight, Top;

            /// <summary>Columns.</summary>
            public nint Width, OutWidth, KernelWidth, StrideWidth, Left;

            /// <summary>A gradient where some inputs are in no window; one of a ReLU before the pooling too.</summary>
            public bool Clears, Masks;

            public nint X, XRow, XSample, Y, YRow, YSample, DY, DYRow, DYSample, DX, DXRow, DXSample;
        }
        """;

    /// <summary>The numbers of a layer.</summary>
    public static WideNumbers Numbers(int channels, WideAxis rows, WideAxis columns, bool clears, bool masks, params (string Name, PixelSteps Steps)[] tensors)
    {
        int padded = WideConvolution.Padded(channels);
        List<string> members =
        [
            $"Channels = {Literal.Of(padded)}", $"Part = {Literal.Of(PixelWalk.Part(padded))}",
            .. Axis(rows, "Height", "Top"), .. Axis(columns, "Width", "Left"),
        ];
        if (clears)
            members.Add("Clears = true");
        if (masks)
            members.Add("Masks = true");
        foreach ((string name, PixelSteps s) in tensors)
            members.AddRange([$"{name} = {Literal.Of(s.Pixel)}", $"{name}Row = {Literal.Of(s.Row)}", $"{name}Sample = {Literal.Of(s.Sample)}"]);
        return new("Windows", string.Join(", ", members));

        static IEnumerable<string> Axis(WideAxis axis, string extent, string before)
        {
            yield return $"{extent} = {Literal.Of(axis.Input)}";
            yield return $"Out{extent} = {Literal.Of(axis.Output)}";
            yield return $"Kernel{extent} = {Literal.Of(axis.Kernel)}";
            yield return $"Stride{extent} = {Literal.Of(axis.Stride)}";
            if (axis.Before > 0)
                yield return $"{before} = {Literal.Of(axis.Before)}";
        }
    }

    /// <summary>Loops over channels, with several vectors in flight as long as there are as many.</summary>
    /// <param name="w">Where they are written.</param>
    /// <param name="level">Vectors.</param>
    /// <param name="most">Vectors in flight.</param>
    /// <param name="end">Behind the last channel.</param>
    /// <param name="body">Statements for so many vectors from channel <c>c</c> on.</param>
    public static void ForChannels(SourceWriter w, InstructionSet level, int most, string end, Action<int> body)
    {
        int[] groups = most * level.Lanes > InstructionSet.Block ? [most, level.VectorsPerBlock] : [most];
        foreach (int vectors in groups)
        {
            int floats = vectors * level.Lanes;
            using (w.Open(floats > InstructionSet.Block ? $"for (; c <= {end} - {floats}; c += {floats})" : $"for (; c < {end}; c += {floats})"))
                body(vectors);
        }
    }

    /// <summary>Loops over the part of a window that lies on the image.</summary>
    /// <param name="w">Where they are written.</param>
    /// <param name="walks">Names of references to move, and the steps to take.</param>
    /// <param name="tap">Statements for a tap; the reference of a walk has <c>Tap</c> behind its name.</param>
    /// <param name="beforeRow">Statements before a row's taps.</param>
    /// <param name="afterRow">Statements behind them.</param>
    public static void ForTaps(SourceWriter w, (string Name, string Steps)[] walks, Action tap, Action? beforeRow = null, Action? afterRow = null)
    {
        using (w.Open("for (nint kh = rows; kh > 0; kh--)"))
        {
            foreach ((string name, _) in walks)
                w.Line($"ref float {name}Tap = ref {name}P;");
            beforeRow?.Invoke();
            using (w.Open("for (nint kw = columns; kw > 0; kw--)"))
            {
                tap();
                foreach ((string name, string steps) in walks)
                    w.Line($"{name}Tap = ref Unsafe.Add(ref {name}Tap, s.{steps});");
            }
            afterRow?.Invoke();
            foreach ((string name, string steps) in walks)
                w.Line($"{name}P = ref Unsafe.Add(ref {name}P, s.{steps}Row);");
        }
    }

    /// <summary>The rows of the window of output <c>row</c> that are on the image: <c>top</c> is the first of them.</summary>
    public const string Rows = """
        nint top = (row * s.StrideHeight) - s.Top, rows = Math.Min(s.KernelHeight + top, s.Height);
        top = Math.Max(0, top);
        rows -= top;
        """;

    /// <summary>The columns of the window of output <c>column</c> that are on the image: <c>left</c> is the first of them.</summary>
    public const string Columns = """
        nint left = (column * s.StrideWidth) - s.Left, columns = Math.Min(s.KernelWidth + left, s.Width);
        left = Math.Max(0, left);
        columns -= left;
        """;

    /// <summary>A vector of a reference.</summary>
    public static string Load(InstructionSet level, string reference, int vector) => $"Vec.LoadUnsafe(ref {reference}{Lane(level, vector)})";

    /// <summary>The place of a vector behind a reference, as one more argument.</summary>
    public static string Lane(InstructionSet level, int vector) => vector == 0 ? "" : $", {Literal.Of(vector * level.Lanes)}";
}
