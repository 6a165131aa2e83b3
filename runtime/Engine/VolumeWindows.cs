namespace NetGen.Engine;

/// <summary>The windows of a pooling, one after the other, over some samples: columns first, then rows, slices, and samples.</summary>
internal ref struct VolumeWindows(VolumeAxis slices, VolumeAxis rows, VolumeAxis columns, nint from, nint to)
{
    private int slice, row, column = -1;

    public nint Sample { get; private set; } = from;

    /// <summary>The output's line, and its column.</summary>
    public readonly nint Line => ((nint)slice * rows.Output) + row;

    /// <inheritdoc cref="Line"/>
    public readonly nint Column => column;

    /// <summary>How many places the mean is of.</summary>
    public readonly float Counted => (float)slices.Counted(slice) * rows.Counted(row) * columns.Counted(column);

    /// <summary>The window's pixels as lines and columns of the input.</summary>
    public readonly VolumePixels Pixels => new(slices.Of(slice), rows.Of(row), columns.Of(column), rows.Input);

    /// <summary>Goes to the next window, if there is one.</summary>
    public bool Next()
    {
        if (++column == columns.Output)
        {
            column = 0;
            if (++row == rows.Output)
            {
                row = 0;
                if (++slice == slices.Output)
                {
                    slice = 0;
                    Sample++;
                }
            }
        }
        return Sample < to;
    }
}

/// <summary>The pixels of a window, slice by slice and row by row.</summary>
internal ref struct VolumePixels((int First, int Past) slices, (int First, int Past) rows, (int First, int Past) columns, int linesOfSlice)
{
    private int slice = slices.First, row = rows.First, column = columns.First - 1;

    public readonly (nint Line, nint Column) Current => (((nint)slice * linesOfSlice) + row, column);

    public readonly VolumePixels GetEnumerator() => this;

    public bool MoveNext()
    {
        if (++column < columns.Past)
            return true;
        column = columns.First;
        if (++row == rows.Past)
        {
            row = rows.First;
            slice++;
        }
        return slice < slices.Past;
    }
}
