namespace NetGen.Generator.Cpu.Wide;

/// <summary>The emitted structs that drivers fill in.</summary>
internal static class WideText
{
    public const string Structs = """
        /// <summary>Numbers of a forward or an input gradient, in floats. A is broadcast, B are the panel's weights, C is written.</summary>
        internal struct Shape
        {
            /// <summary>Pixels of a line, and columns of the panel: 32 or 16.</summary>
            public nint Pixels, Columns;

            /// <summary>Steps in A: between pixels, between lines; between the two groups of a tile, and from tile to tile.</summary>
            public nint Row, Line, SplitStep, Tile;

            /// <summary>The sum of a pixel: runs of K floats of A, so many and with so much between them, in so many lines.</summary>
            public nint K, Taps, TapSkip, Lines, LineSkip;

            /// <summary>From one row of B to the next.</summary>
            public nint WRow;

            /// <summary>As for A.</summary>
            public nint CRow, CLine, CSplit, CTile;

            /// <summary>The same of the other tensor that is read behind the sums.</summary>
            public nint ORow, OLine, OSplit, OTile;

            /// <summary>1: start from the bias. 2: add what is there. 4: add the other tensor. 8: nothing below Lowest. 16: zero where the other is not above 0.</summary>
            public nint Flags;

            /// <summary>The lowest value.</summary>
            public float Lowest;

            /// <summary>From B to the weights that are used next, 0: none; and how much further to read ahead with each term.</summary>
            public nint Ahead, AheadStep;

            /// <summary>Tiles of a line: groups of so many pixels, so far from each other.</summary>
            public void Split(nint pixels, nint group)
            {
                (SplitStep, CSplit, OSplit) = (pixels * Row, pixels * CRow, pixels * ORow);
                (Tile, CTile, OTile) = (2 * group * Row, 2 * group * CRow, 2 * group * ORow);
            }

            /// <summary>Tiles of two whole lines.</summary>
            public void SplitByLines()
            {
                (SplitStep, CSplit, OSplit) = (Line, CLine, OLine);
                (Tile, CTile, OTile) = (2 * Line, 2 * CLine, 2 * OLine);
            }
        }

        /// <summary>The pixels that a weight gradient sums over: images of lines of pixels; X's step and what to skip in it at the end of a line and of an image, in floats. Y is packed.</summary>
        internal struct Run
        {
            public nint Pixels, X, Y, Lines, XLine, Images, XImage;

            /// <summary>Columns of the panel (32 or 16), and from one row of it to the next.</summary>
            public nint Columns, WRow;

            /// <summary>Adds to what is there.</summary>
            public bool Adds;
        }
        """;
}
