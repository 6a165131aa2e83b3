using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace NetGen;

/// <summary>Reads a CSV file into a <see cref="DataSet"/>, row by row: only the numbers are kept.</summary>
/// <param name="Path">The file's name, for messages.</param>
/// <param name="Targets">The columns of values to be learnt; empty where a class is.</param>
/// <param name="Label">The column of the class; null where values are to be learnt.</param>
/// <param name="Features">The columns to learn from; null: all others.</param>
/// <param name="ClassNames">The classes in their order; null: those that the column has.</param>
/// <param name="Options">How the file is written.</param>
internal sealed record CsvFile(
    string Path, IReadOnlyList<string> Targets, string? Label, IReadOnlyList<string>? Features, IReadOnlyList<string>? ClassNames, CsvOptions Options)
{
    private const int Unused = -1;

    /// <summary>What a user asks for, checked.</summary>
    public static CsvFile Of(
        string path, string? target, string? label, IReadOnlyList<string>? targets, IReadOnlyList<string>? features,
        IReadOnlyList<string>? classNames, CsvOptions? options)
    {
        string[] given = [.. new[] { (nameof(target), (object?)target), (nameof(label), label), (nameof(targets), targets) }
            .Where(each => each.Item2 is not null).Select(each => each.Item1)];
        if (given.Length != 1)
        {
            throw new ArgumentException(
                $"One of target, label and targets says what is to be learnt; {(given.Length == 0 ? "none" : string.Join(" and ", given))} is given.");
        }
        if (targets is [])
            throw new ArgumentException("At least one column is to be learnt; targets is empty.", nameof(targets));
        if (classNames is not null && label is null)
            throw new ArgumentException("classNames go with label, which is not given.", nameof(classNames));
        IReadOnlyList<string> learnt = targets ?? (target is null ? [] : [target]);
        string? twice = learnt.Concat(features ?? []).Append(label).GroupBy(name => name).FirstOrDefault(group => group.Key is not null && group.Count() > 1)?.Key;
        if (twice is not null)
            throw new ArgumentException($"The column '{twice}' is named twice: a column is a feature, a target or the label, once.");
        return new(path, learnt, label, features, classNames, options ?? new());
    }

    /// <summary>Reads it.</summary>
    public DataSet Read()
    {
        using FileStream stream = InputFile.Open(Path);
        return Read(stream);
    }

    /// <summary>Reads a file's bytes.</summary>
    public DataSet Read(Stream stream)
    {
        char delimiter = Options.Delimiter;
        if (!char.IsAscii(delimiter) || delimiter is '"' or '\r' or '\n')
            throw new ArgumentException($"Delimiter is '{delimiter}'; an ASCII character other than a quote and the ends of lines is expected.", nameof(Options));
        var reader = new CsvReader(Path, stream, (byte)delimiter);
        if (!reader.BeginRow())
            throw new DataFormatException(Path, "it is empty");
        if (Options.HasHeader)
        {
            CsvColumns columns = CsvColumns.FromHeader(Path, reader, delimiter);
            return new Rows(this, columns, reader).Read([]);
        }
        // The columns are known once the first row is counted, which then is a row like any other.
        var first = new List<(byte[] Field, long Line)>();
        do
        {
            reader.ReadField();
            if (first.Count == CsvColumns.Most)
                throw CsvColumns.TooMany(Path, reader.Line);
            first.Add((reader.Field.ToArray(), reader.Line));
        }
        while (!reader.EndsRow);
        return new Rows(this, CsvColumns.Numbered(Path, first.Count, delimiter), reader).Read(first);
    }

    /// <summary>The rows under the header.</summary>
    private sealed class Rows
    {
        private readonly CsvFile file;
        private readonly CsvColumns columns;
        private readonly CsvReader reader;
        private readonly CsvClasses? classes;
        private readonly byte[][] missingTexts;

        /// <summary>For each column its position among the features and among the targets.</summary>
        private readonly int[] feature, target;
        private readonly int label = Unused, featureCount, targetCount;
        private readonly Numbers inputs, targets;
        private readonly List<int> labels = [];

        /// <summary>Positions in <see cref="inputs"/> that wait for their column's mean.</summary>
        private readonly List<int> holes = [];

        public Rows(CsvFile file, CsvColumns columns, CsvReader reader)
        {
            (this.file, this.columns, this.reader) = (file, columns, reader);
            (feature, target) = (new int[columns.Count], new int[columns.Count]);
            Array.Fill(feature, Unused);
            Array.Fill(target, Unused);
            foreach (string name in file.Targets)
                target[columns[name]] = targetCount++;
            if (file.Label is not null)
            {
                label = columns[file.Label];
                classes = new(file.Path, file.ClassNames);
            }
            var learnt = Enumerable.Range(0, columns.Count).Where(column => column == label || target[column] != Unused).ToHashSet();
            foreach (int column in file.Features?.Select(name => columns[name]) ?? columns.Except(learnt))
                feature[column] = featureCount++;
            if (featureCount == 0)
                throw new DataFormatException(file.Path, $"line 1: it has {columns.Count} columns, and none is left to learn from");
            missingTexts = [.. file.Options.MissingTexts.Select(Encoding.UTF8.GetBytes)];
            (inputs, targets) = (new(file.Path), new(file.Path));
        }

        /// <summary>Reads the rows, after one that was read before.</summary>
        public DataSet Read(List<(byte[] Field, long Line)> first)
        {
            if (first.Count > 0)
            {
                var row = new Row(this);
                foreach ((byte[] field, long line) in first)
                    row.Take(field, line);
                row.End();
            }
            while (reader.BeginRow())
            {
                var row = new Row(this);
                do
                {
                    reader.ReadField();
                    row.Take(reader.Field, reader.Line);
                }
                while (!reader.EndsRow);
                row.End();
            }
            if (inputs.Count == 0)
                throw new DataFormatException(file.Path, "it has no row of values; at least one is expected");
            FillHoles();
            if (classes is null)
                return new(new Shape(featureCount), inputs.All, targets.All);
            int[] numbers = [.. labels];
            ImmutableArray<string> names = classes.Sort(numbers);
            return new DataSet(new Shape(featureCount), inputs.All, numbers, names.Length).WithClassNames(names);
        }

        private void FillHoles()
        {
            if (holes.Count == 0)
                return;
            Span<float> values = inputs.Span;
            var sums = new double[featureCount];
            var counts = new int[featureCount];
            foreach (int hole in holes)
                values[hole] = float.NaN;
            for (int i = 0; i < values.Length; i++)
            {
                if (float.IsNaN(values[i]))
                    continue;
                sums[i % featureCount] += values[i];
                counts[i % featureCount]++;
            }
            foreach (int hole in holes)
            {
                int input = hole % featureCount;
                if (counts[input] == 0)
                    throw new DataFormatException(file.Path, $"column {columns.Describe(Array.IndexOf(feature, input))} has no value of which there could be a mean");
                values[hole] = (float)(sums[input] / counts[input]);
            }
        }

        /// <summary>A row as it is read: its values stand in place at once, and go again where it is left out.</summary>
        private struct Row
        {
            private readonly Rows rows;
            private readonly Mark start;
            private int column;
            private long line;
            private int label;
            private bool isLeftOut;

            public Row(Rows rows)
            {
                this.rows = rows;
                start = new(rows.inputs.Count, rows.targets.Count, rows.holes.Count);
                rows.inputs.Grow(rows.featureCount);
                rows.targets.Grow(rows.targetCount);
                label = Unused;
            }

            public void Take(ReadOnlySpan<byte> field, long at)
            {
                line = line == 0 ? at : line;
                if (column == rows.columns.Count)
                    throw WrongCount("more");
                int feature = rows.feature[column], target = rows.target[column];
                bool isLabel = column == rows.label;
                if ((feature != Unused || target != Unused || isLabel) && !isLeftOut)
                {
                    if (rows.IsMissing(field))
                        Miss(feature, field, at);
                    else if (isLabel)
                        label = rows.classes![CsvColumns.Text(rows.file.Path, field, at, column + 1).Trim(), at, rows.columns.Describe(column)];
                    else
                        Put(feature, target, rows.Number(field, at, column));
                }
                column++;
            }

            public readonly void End()
            {
                if (column < rows.columns.Count)
                    throw WrongCount($"{column}");
                if (isLeftOut)
                {
                    rows.inputs.Cut(start.Inputs);
                    rows.targets.Cut(start.Targets);
                    rows.holes.RemoveRange(start.Holes, rows.holes.Count - start.Holes);
                }
                else if (rows.classes is not null)
                {
                    rows.labels.Add(label);
                }
            }

            private readonly void Put(int feature, int target, float value)
            {
                if (feature != Unused)
                    rows.inputs.Span[start.Inputs + feature] = value;
                if (target != Unused)
                    rows.targets.Span[start.Targets + target] = value;
            }

            private void Miss(int feature, ReadOnlySpan<byte> field, long at)
            {
                CsvMissing policy = rows.file.Options.Missing;
                if (policy == CsvMissing.Error)
                {
                    string expected = column == rows.label ? "a class" : "a number";
                    string given = field.IsEmpty ? "the field is empty" : $"{CsvReader.Describe(field)} is given";
                    throw new DataFormatException(rows.file.Path,
                        $"line {at}, column {rows.columns.Describe(column)}: {expected} is expected, {given}; CsvOptions.Missing can leave such rows out");
                }
                if (policy == CsvMissing.Mean && feature != Unused)
                    rows.holes.Add(start.Inputs + feature);
                else
                    isLeftOut = true;
            }

            private readonly DataFormatException WrongCount(string found) => new(rows.file.Path,
                $"line {line}: {rows.columns.Count} fields are expected, as in the first line, {found} are given");
        }

        /// <summary>Where a row begins.</summary>
        private readonly record struct Mark(int Inputs, int Targets, int Holes);

        private bool IsMissing(ReadOnlySpan<byte> field)
        {
            ReadOnlySpan<byte> text = field.Trim(" \t"u8);
            foreach (byte[] missing in missingTexts)
            {
                if (Ascii.EqualsIgnoreCase(text, missing) || text.SequenceEqual(missing))
                    return true;
            }
            return false;
        }

        private float Number(ReadOnlySpan<byte> field, long line, int column) =>
            float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) && float.IsFinite(value)
                ? value
                : throw new DataFormatException(file.Path,
                    $"line {line}, column {columns.Describe(column)}: a number is expected, {CsvReader.Describe(field)} is given{Hint(column)}");

        private string Hint(int column) =>
            target[column] != Unused ? "; for classes by text name the column as label instead of target"
            : file.Features is null ? "; features names the columns to learn from"
            : "";
    }

    /// <summary>Numbers whose count is not known before.</summary>
    private sealed class Numbers(string path)
    {
        private float[] values = new float[1024];

        public int Count { get; private set; }

        public ReadOnlyMemory<float> All => values.AsMemory(0, Count);

        public Span<float> Span => values.AsSpan(0, Count);

        public void Grow(int by)
        {
            long needed = (long)Count + by;
            if (needed > Array.MaxLength)
                throw new DataFormatException(path, $"it has more than the {Array.MaxLength} values that can be kept");
            if (needed > values.Length)
                Array.Resize(ref values, (int)Math.Min(Array.MaxLength, Math.Max(2L * values.Length, needed)));
            Count = (int)needed;
        }

        public void Cut(int to) => Count = to;
    }
}
