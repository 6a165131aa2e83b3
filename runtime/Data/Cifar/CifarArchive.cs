using System.Collections.Immutable;

namespace NetGen;

/// <summary>A data set in the form of CIFAR's binary version.</summary>
/// <param name="Unpacked">The name of the folder that its archive unpacks to.</param>
/// <param name="Train">The files to train on, without an ending.</param>
/// <param name="Test">The file to test on, without an ending.</param>
/// <param name="LabelBytes">Bytes of labels before each image.</param>
/// <param name="ClassNames">What the classes are.</param>
/// <param name="Mean">Mean of the training pixels, 0 black and 1 full light: red, green, blue.</param>
/// <param name="Std">Their standard deviation.</param>
internal sealed record CifarArchive(
    string Unpacked, ImmutableArray<string> Train, string Test, int LabelBytes, ImmutableArray<string> ClassNames,
    ImmutableArray<float> Mean, ImmutableArray<float> Std)
{
    private static readonly ImmutableArray<string> Endings = [".bin", ".bin.gz"];

    /// <summary>Reads all files of a folder, or of the folder that the archive unpacked to within it.</summary>
    public DataSplit Load(string folder, bool normalize)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"The folder '{folder}' does not exist; the data files are expected in it.");
        string within = Path.Combine(folder, Unpacked);
        string place = Directory.Exists(within) ? within : folder;
        // Found before any is read: half a gigabyte is read in vain otherwise.
        string[] train = [.. Train.Select(name => Find(place, name) ?? throw Missing(place, name))];
        string test = Find(place, Test) ?? FindPart(place) ?? throw Missing(place, Test);
        return new(Load(train, normalize), Load([test], normalize));
    }

    private static string? Find(string folder, string name) => Endings.Select(ending => Path.Combine(folder, name + ending)).FirstOrDefault(File.Exists);

    /// <summary>A part of the test images, such as <c>test_batch_first1000.bin.gz</c>.</summary>
    private string? FindPart(string folder) => Directory.EnumerateFiles(folder, $"{Test}_*.bin*")
        .Where(path => Endings.Any(ending => path.EndsWith(ending, StringComparison.Ordinal))).Order(StringComparer.Ordinal).FirstOrDefault();

    private static FileNotFoundException Missing(string folder, string name) =>
        new($"The folder '{folder}' holds none of {string.Join(", ", Endings.Select(ending => name + ending))}.", Path.Combine(folder, name + Endings[0]));

    private DataSet Load(string[] paths, bool normalize)
    {
        CifarFile[] files = [.. paths.Select(path => CifarFile.Read(path, LabelBytes, ClassNames.Length))];
        var levels = Mean.Zip(Std, (mean, std) => normalize ? new GrayLevels(mean, std) : new GrayLevels(0, 1)).ToArray();
        int area = CifarFile.Side * CifarFile.Side, count = files.Sum(file => file.Count);
        if ((long)count * CifarFile.ImageBytes > Array.MaxLength)
            throw new DataFormatException(paths[^1], $"with the files before it there are {count} images; at most {Array.MaxLength / CifarFile.ImageBytes} are read");
        var pixels = new float[count * CifarFile.ImageBytes];
        var labels = new int[count];
        int image = 0;
        foreach (CifarFile file in files)
        {
            for (int i = 0; i < file.Count; i++, image++)
            {
                labels[image] = file.Label(i);
                for (int channel = 0; channel < CifarFile.Channels; channel++)
                    levels[channel].Convert(file.Plane(i, channel), pixels.AsSpan((image * CifarFile.ImageBytes) + (channel * area), area));
            }
        }
        DataSet data = new DataSet(new Shape(CifarFile.Channels, CifarFile.Side, CifarFile.Side), pixels, labels, ClassNames.Length).WithClassNames(ClassNames);
        return normalize ? data.WithLevels(PixelLevels.Of(Mean, Std)) : data;
    }
}
