using System.Globalization;
using System.Text;

namespace NetGen.Tests.Data;

/// <summary>Tables of a user's own.</summary>
public sealed class CsvTests : IDisposable
{
    private const string Houses = "rooms,area,price\n3,70.5,210\n5,120,395\n";
    private const string Flowers = "length,species\n1.5,rose\n2,\"lily, white\"\n3,rose\n";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ColumnsAreFoundByTheirNames()
    {
        DataSet data = DataSet.FromCsv(Write(Houses), target: "price");
        data.InputShape.ShouldBe([2]);
        data.Inputs.ToArray().ShouldBe([3, 70.5f, 5, 120]);
        data.TargetShape.ShouldBe([1]);
        data.Targets.ToArray().ShouldBe([210, 395]);
    }

    [Fact]
    public void SeveralTargetsAndChosenFeaturesComeInTheOrderAskedFor()
    {
        DataSet data = DataSet.FromCsv(Write("a,b,c,d,e\n1,2,3,x,5\n6,7,8,y,10\n"), targets: ["e", "a"], features: ["c", "b"]);
        data.Inputs.ToArray().ShouldBe([3, 2, 8, 7]);
        data.Targets.ToArray().ShouldBe([5, 1, 10, 6]);
        data.TargetShape.ShouldBe([2]);
    }

    [Fact]
    public void ClassesAreTextsInTheOrderOfTheirCharacters()
    {
        DataSet data = DataSet.FromCsv(Write(Flowers), label: "species");
        data.ClassNames.ShouldBe(["lily, white", "rose"]);
        data.ClassCount.ShouldBe(2);
        data.Labels.ToArray().ShouldBe([1, 0, 1]);
        data.Slice(1, 2).ClassNames.ShouldBe(data.ClassNames);
        data.Shuffle(seed: 1).ClassNames.ShouldBe(data.ClassNames);
    }

    [Fact]
    public void ClassesThatAreNumbersComeBySize() =>
        DataSet.FromCsv(Write("x,digit\n0,10\n0,9\n0,-1\n"), label: "digit").ClassNames.ShouldBe(["-1", "9", "10"]);

    [Fact]
    public void ClassesCanBeNamedAndMustAllBe()
    {
        var data = new DataSet([1], new float[3], new[] { 0, 1, 1 }, 2);
        data.ClassNames.ShouldBeEmpty();
        data.WithClassNames("no", "yes").Take(1).ClassNames.ShouldBe(["no", "yes"]);
        Should.Throw<ArgumentException>(() => data.WithClassNames("no")).Message.ShouldContain("2 classes need 2 names, and 1 are given.");
        Should.Throw<ArgumentException>(() => new DataSet([1], new float[1], new float[1]).WithClassNames("no")).Message.ShouldContain("0 classes");
    }

    [Fact]
    public void ATestSetTakesTheClassesOfTheTrainingSet()
    {
        DataSet train = DataSet.FromCsv(Write(Flowers), label: "species");
        DataSet test = DataSet.FromCsv(Write("length,species\n1,rose\n"), label: "species", classNames: train.ClassNames);
        test.Labels.ToArray().ShouldBe([1]);
        test.ClassCount.ShouldBe(2);
        Failure("length,species\n1,rose\n2,tulip\n", path => DataSet.FromCsv(path, label: "species", classNames: train.ClassNames))
            .ShouldBe("table.csv: line 3, column 'species': one of the 2 classes of classNames is expected, 'tulip' is given");
    }

    [Theory]
    [InlineData("x;y\n1.5;2\n", ';')]
    [InlineData("x\ty\n1.5\t2\n", '\t')]
    [InlineData("x|y\n1.5|2", '|')]
    public void DelimitersMayBeOthers(string text, char delimiter)
    {
        DataSet data = DataSet.FromCsv(Write(text), target: "y", options: new() { Delimiter = delimiter });
        data.Inputs.ToArray().ShouldBe([1.5f]);
        data.Targets.ToArray().ShouldBe([2]);
    }

    [Theory]
    [InlineData("x,y\r\n1,2\r\n3,4\r\n")]
    [InlineData("x,y\r1,2\r3,4")]
    [InlineData("\uFEFFx,y\n1,2\n3,4")]
    [InlineData("\n\nx,y\n\n1,2\n\r\n3,4\n\n")]
    [InlineData("\"x\",\"y\"\n\"1\",\"2\"\n3,\" 4 \"\n")]
    [InlineData(" x , y \n 1 , 2 \n 3 ,4e0")]
    [InlineData("note,x,y\n\"a \"\"b\"\"\r\nc,d\",1,2\n5\" pipe,3,4", "x")]
    public void WaysToWriteTheSame(string text, params string[] features)
    {
        DataSet data = DataSet.FromCsv(Write(text), target: "y", features: features.Length == 0 ? null : features);
        data.Inputs.ToArray().ShouldBe([1, 3]);
        data.Targets.ToArray().ShouldBe([2, 4]);
    }

    [Fact]
    public void ColumnsWithoutAHeaderAreCalledByTheirNumbers()
    {
        DataSet data = DataSet.FromCsv(Write("5.1,3.5,rose\n4,2,lily\n"), label: "3", options: new() { HasHeader = false });
        data.Inputs.ToArray().ShouldBe([5.1f, 3.5f, 4, 2]);
        data.ClassNames.ShouldBe(["lily", "rose"]);
        data.Labels.ToArray().ShouldBe([1, 0]);
    }

    [Fact]
    public void NumbersAreReadAlikeInEveryCulture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            // A decimal comma and a minus sign of another kind.
            var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            (other.NumberFormat.NumberDecimalSeparator, other.NumberFormat.NumberGroupSeparator, other.NumberFormat.NegativeSign) = (",", ".", "−");
            CultureInfo.CurrentCulture = other;
            DataSet.FromCsv(Write("x,y\n-1.5,2.25e-1\n"), target: "y").Inputs.ToArray().ShouldBe([-1.5f]);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("1,2\n,4\n5,6", "line 3, column 'x': a number is expected, the field is empty; CsvOptions.Missing can leave such rows out")]
    [InlineData("1,2\nNA,4", "line 3, column 'x': a number is expected, 'NA' is given; CsvOptions.Missing can leave such rows out")]
    [InlineData("1,2\n3,n/a", "line 3, column 'y': a number is expected, 'n/a' is given; CsvOptions.Missing can leave such rows out")]
    [InlineData("1,2\n3,cheap", "line 3, column 'y': a number is expected, 'cheap' is given; for classes by text name the column as label instead of target")]
    [InlineData("Paris,2", "line 2, column 'x': a number is expected, 'Paris' is given; features names the columns to learn from")]
    [InlineData("1e39,2", "line 2, column 'x': a number is expected, '1e39' is given; features names the columns to learn from")]
    [InlineData("\"1,5\",2", "line 2, column 'x': a number is expected, '1,5' is given; features names the columns to learn from")]
    [InlineData("Infinity,2", "line 2, column 'x': a number is expected, 'Infinity' is given; features names the columns to learn from")]
    [InlineData("1,2\n\n3", "line 4: 2 fields are expected, as in the first line, 1 are given")]
    [InlineData("1,2,3", "line 2: 2 fields are expected, as in the first line, more are given")]
    [InlineData("1,\"2\n3,4", "line 2: the quote that opens a field here is never closed")]
    [InlineData("1,\"2\"3", "line 2: after a closing quote ',' or the end of the line is expected, '3' is given; a quote in a quoted field is written twice")]
    [InlineData("", "it has no row of values; at least one is expected")]
    public void AMistakeInARowIsNamed(string rows, string message) =>
        Failure("x,y\n" + rows, path => DataSet.FromCsv(path, target: "y")).ShouldBe($"table.csv: {message}");

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("x,Y\n1,2", "line 1: it has no column 'y'; its columns are 'x', 'Y'")]
    [InlineData("x;y\n1;2", "line 1: it has no column 'y'; its columns are 'x;y'; is the delimiter ';'?")]
    [InlineData("x\ty\n1\t2", "line 1: it has no column 'y'; its columns are 'x\uFFFDy'; is the delimiter a tab?")]
    [InlineData("y\n1", "line 1: it has 1 columns, and none is left to learn from")]
    [InlineData("x,y,x\n1,2,3", "line 1: columns 1 and 3 are both called 'x'")]
    [InlineData(",x,y\n0,1,2", "line 1: column 1 has no name; say which columns are features: features: [\"…\"]")]
    public void AMistakeInTheHeaderIsNamed(string text, string message) =>
        Failure(text, path => DataSet.FromCsv(path, target: "y")).ShouldBe($"table.csv: {message}");

    [Fact]
    public void TextThatIsNotUtf8IsNamed()
    {
        File.WriteAllBytes(folder["table.csv"], [0xFF, 0xFE, (byte)'x', 0]);
        Should.Throw<DataFormatException>(() => DataSet.FromCsv(folder["table.csv"], target: "y"))
            .Message.ShouldBe("table.csv: line 1: it is text in UTF-16; UTF-8 is expected");
        File.WriteAllBytes(folder["table.csv"], [.. "x,y\n1,caf"u8, 0xE9]);
        Should.Throw<DataFormatException>(() => DataSet.FromCsv(folder["table.csv"], label: "y"))
            .Message.ShouldBe("table.csv: line 2, column 2: text in UTF-8 is expected, 'caf\uFFFD' is not");
    }

    [Fact]
    public void MessagesDoNotEchoWholeFields()
    {
        string message = Failure($"x,y\n{new string('z', 100_000)},1", path => DataSet.FromCsv(path, target: "y"));
        message.Length.ShouldBeLessThan(200);
        message.ShouldContain($"'{new string('z', 40)}…' is given");
    }

    [Fact]
    public void RowsWithMissingValuesCanBeLeftOut()
    {
        DataSet data = DataSet.FromCsv(
            Write("x,unused,y\n1,,2\n?,a,4\n5,b,null\n7,c,8\n"), target: "y", features: ["x"], options: new() { Missing = CsvMissing.SkipRow });
        data.Inputs.ToArray().ShouldBe([1, 7]);
        data.Targets.ToArray().ShouldBe([2, 8]);
        Failure("x,y\n,1\n", path => DataSet.FromCsv(path, target: "y", options: new() { Missing = CsvMissing.SkipRow }))
            .ShouldBe("table.csv: it has no row of values; at least one is expected");
    }

    [Fact]
    public void MissingFeaturesCanBecomeTheirColumnsMean()
    {
        DataSet data = DataSet.FromCsv(
            Write("x,z,y\n1,10,a\n-,20,b\n4,-,a\n9,9,-\n"), label: "y", options: new() { Missing = CsvMissing.Mean, MissingTexts = ["-"] });
        // The row without a class is no part of the means.
        data.Inputs.ToArray().ShouldBe([1, 10, 2.5f, 20, 4, 15]);
        data.Labels.ToArray().ShouldBe([0, 1, 0]);
        Failure("x,z,y\n,1,1\n,2,2\n", path => DataSet.FromCsv(path, target: "y", options: new() { Missing = CsvMissing.Mean }))
            .ShouldBe("table.csv: column 'x' has no value of which there could be a mean");
    }

    [Fact]
    public void WhatIsAskedForMustBeClear()
    {
        string path = Write(Houses);
        Should.Throw<ArgumentException>(() => DataSet.FromCsv(path)).Message.ShouldContain("none is given");
        Should.Throw<ArgumentException>(() => DataSet.FromCsv(path, target: "price", label: "rooms")).Message.ShouldContain("target and label is given");
        Should.Throw<ArgumentException>(() => DataSet.FromCsv(path, target: "price", features: ["area", "price"])).Message.ShouldContain("'price' is named twice");
        Should.Throw<ArgumentException>(() => DataSet.FromCsv(path, targets: [])).Message.ShouldContain("targets is empty");
        Should.Throw<ArgumentException>(() => DataSet.FromCsv(path, target: "price", classNames: ["a"])).Message.ShouldContain("classNames go with label");
        Should.Throw<ArgumentException>(() => DataSet.FromCsv(path, target: "price", options: new() { Delimiter = '"' })).Message.ShouldContain("Delimiter");
        Should.Throw<ArgumentException>(() => DataSet.FromCsv(Write(Flowers), label: "species", classNames: ["a", "a"])).Message.ShouldContain("'a' twice");
    }

    [Fact]
    public void AFileThatIsNotThereOrAFolder()
    {
        Should.Throw<FileNotFoundException>(() => DataSet.FromCsv(folder["nothing.csv"], target: "y"));
        Should.Throw<IOException>(() => DataSet.FromCsv(folder.Path, target: "y")).Message.ShouldContain("is a folder; the name of a file is expected");
    }

    /// <summary>Random tables, written here in random ways that RFC 4180 allows, across the reader's buffer of 64 KiB.</summary>
    [Theory]
    [InlineData(1, 40)]
    [InlineData(2, 3000)]
    [InlineData(3, 9000)]
    public void RandomTablesComeBack(int seed, int rows)
    {
        var random = new Random(seed);
        int features = random.Next(1, 6);
        string[] pieces = ["a", "Zoë", ",", "\"", "\r\n", "\n", "日本", ";", new string('q', 300)];
        var text = new StringBuilder("note");
        for (int i = 0; i < features; i++)
            text.Append(CultureInfo.InvariantCulture, $",f{i}");
        text.Append(",class\r\n");
        var values = new List<float>();
        var classes = new List<string>();
        for (int row = 0; row < rows; row++)
        {
            text.Append(Quoted(string.Concat(random.GetItems(pieces, random.Next(4)))));
            for (int i = 0; i < features; i++)
            {
                float value = BitConverter.Int32BitsToSingle(random.Next());
                value = float.IsFinite(value) ? value : row;
                values.Add(value);
                string number = value.ToString(random.Next(2) == 0 ? "R" : "E9", CultureInfo.InvariantCulture);
                text.Append(',').Append(random.Next(3) == 0 ? Quoted(number) : number);
            }
            string name = "c" + string.Concat(random.GetItems(pieces[..4], random.Next(2)));
            classes.Add(name);
            text.Append(',').Append(Quoted(name)).Append(random.Next(2) == 0 ? "\n" : "\r\n");
        }

        DataSet data = DataSet.FromCsv(Write(text.ToString()), label: "class", features: [.. Enumerable.Range(0, features).Select(i => $"f{i}")]);
        data.Inputs.ToArray().ShouldBe(values);
        data.Labels.ToArray().Select(label => data.ClassNames[label]).ShouldBe(classes);

        static string Quoted(string field) => $"\"{field.Replace("\"", "\"\"")}\"";
    }

    private string Write(string text) => folder.Write("table.csv", Encoding.UTF8.GetBytes(text));

    private string Failure(string text, Action<string> read)
    {
        string path = Write(text);
        DataFormatException exception = Should.Throw<DataFormatException>(() => read(path));
        exception.FilePath.ShouldBe(path);
        return exception.Message;
    }
}
