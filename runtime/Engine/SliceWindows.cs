using System.ComponentModel;

namespace NetGen.Engine;

/// <summary>Which slice, row and column of a volume is read for those of another one.</summary>
/// <param name="Outside">What is outside of the volume.</param>
/// <param name="Taps">Slices that are read for one.</param>
/// <param name="Stride">Slices from one output to the next.</param>
/// <param name="Dilation">Slices from one tap to the next; below 0: backwards.</param>
/// <param name="Before">Slices before the first one.</param>
/// <param name="InputSlices">Slices that are read.</param>
/// <param name="OutputSlices">Slices that are written.</param>
/// <param name="InputRows">Rows of a slice that are read.</param>
/// <param name="InputPitch">Rows from one of them to the next.</param>
/// <param name="OutputRows">Rows of a slice that are written; those between it and the next one become 0.</param>
/// <param name="OutputPitch">Rows from one of them to the next.</param>
/// <param name="Above">Rows above the first one.</param>
/// <param name="InputColumns">Columns that are read.</param>
/// <param name="OutputColumns">Columns that are written.</param>
/// <param name="Left">Columns left of the first one.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct SliceWindows(
    Outside Outside, int Taps, int Stride, int Dilation, int Before, int InputSlices, int OutputSlices, int InputRows, int InputPitch, int OutputRows, int OutputPitch, int Above,
    int InputColumns, int OutputColumns, int Left)
{
    /// <summary>Lines of all slices that are read.</summary>
    public int InputLines => ((InputSlices - 1) * InputPitch) + InputRows;

    /// <summary>Lines of all slices that are written.</summary>
    public int OutputLines => ((OutputSlices - 1) * OutputPitch) + OutputRows;

    /// <summary>The line that is read for a line and a tap; -1: none, but zeros.</summary>
    public int LineOf(int line, int tap)
    {
        (int slice, int row) = Math.DivRem(line, OutputPitch);
        if (row >= OutputRows)
            return -1;
        int sourceSlice = Outside.Place((slice * Stride) + (tap * Dilation) - Before, InputSlices), sourceRow = Outside.Place(row - Above, InputRows);
        return sourceSlice < 0 || sourceRow < 0 ? -1 : (sourceSlice * InputPitch) + sourceRow;
    }

    /// <summary>The column that is read for a column; -1: none, but zeros.</summary>
    public int ColumnOf(int column) => Outside.Place(column - Left, InputColumns);
}
