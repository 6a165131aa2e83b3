using System.Collections.Immutable;

namespace NetGen;

/// <summary>Images in a folder per class, as torchvision's <c>ImageFolder</c> takes them.</summary>
/// <param name="Folder">The folder of folders.</param>
/// <param name="Channels">1 for grey, 3 for red, green and blue.</param>
/// <param name="Height">Rows of every sample.</param>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Options">The rest.</param>
internal sealed record ImageFolder(string Folder, int Channels, int Height, int Width, FolderOptions Options)
{
    /// <summary>Reads all images, class by class, each class in the order of its files' names.</summary>
    public DataSet Read()
    {
        if (!Directory.Exists(Folder))
            throw new DirectoryNotFoundException($"The folder '{Folder}' does not exist; a folder for each class is expected in it.");
        string[] found = [.. Directory.GetDirectories(Folder).Select(path => Path.GetFileName(path)!).Where(name => name[0] != '.').Order(StringComparer.Ordinal)];
        ImmutableArray<string> classes = [.. Options.ClassNames ?? found];
        if (classes.IsEmpty)
            throw new DataFormatException(Folder, "it holds no folders; a folder for each class is expected in it");
        if (found.Except(classes).FirstOrDefault() is { } unknown)
            throw new DataFormatException(Path.Combine(Folder, unknown), $"it is none of the {classes.Length} classes of ClassNames");

        var files = new List<(string Path, int Class)>();
        for (int number = 0; number < classes.Length; number++)
        {
            string folder = Path.Combine(Folder, classes[number]);
            string[] images = Directory.Exists(folder) ? [.. Files(folder).Order(StringComparer.Ordinal)] : [];
            // A test set may lack a class of the training set's.
            if (images.Length == 0 && Options.ClassNames is null)
                throw new DataFormatException(folder, $"it holds no images{(Options.Pattern == "*" ? "" : $" of the pattern {Options.Pattern}")}; at least one is expected for each class");
            files.AddRange(images.Select(path => (path, number)));
        }
        return files.Count > 0 ? Read(files, classes) : throw new DataFormatException(Folder, "it holds no images; at least one is expected");
    }

    /// <summary>The files of a folder and of those in it. Links to folders are passed over: they may lead in circles.</summary>
    private IEnumerable<string> Files(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder, Options.Pattern).Where(file => Path.GetFileName(file)[0] != '.'))
            yield return file;
        foreach (DirectoryInfo inner in new DirectoryInfo(folder).EnumerateDirectories().Where(inner => inner.LinkTarget is null && inner.Name[0] != '.'))
        {
            foreach (string file in Files(Path.Combine(folder, inner.Name)))
                yield return file;
        }
    }

    private DataSet Read(List<(string Path, int Class)> files, ImmutableArray<string> classes)
    {
        int size = Channels * Height * Width;
        if ((long)files.Count * size > Array.MaxLength)
        {
            throw new DataFormatException(Folder,
                $"its {files.Count} images of {Channels}×{Height}×{Width} are {(long)files.Count * size} values, more than the {Array.MaxLength} that can be kept; a smaller size may do");
        }
        var inputs = new float[files.Count * size];
        var scaler = new ImageScaler(Width, Height);
        for (int i = 0; i < files.Count; i++)
        {
            DecodedImage image = Decode(files[i].Path);
            (int, int) from = (image.Width, image.Height);
            scaler.Scale(image.Pixels, from, Channels, ImageRegion.Fit(from, (Width, Height), Options.Fit), inputs.AsSpan(i * size, size));
        }
        int[] labels = [.. files.Select(file => file.Class)];
        return new DataSet([Channels, Height, Width], inputs, labels, classes.Length).WithClassNames(classes);
    }

    private DecodedImage Decode(string path)
    {
        if (Options.Decoder is null || ImageSignature.IsRead(path))
            return DecodedImage.Read(path, Channels);
        RgbImage image = Options.Decoder(path) ?? throw new DataFormatException(path, "FolderOptions.Decoder gave null; an image is expected");
        if (Channels == 3)
            return new(image.Width, image.Height, image.Pixels.ToArray());
        ReadOnlySpan<byte> colours = image.Pixels;
        var levels = new byte[image.Width * image.Height];
        for (int i = 0; i < levels.Length; i++)
            levels[i] = (byte)GrayImage.Luma(colours[3 * i], colours[(3 * i) + 1], colours[(3 * i) + 2]);
        return new(image.Width, image.Height, levels);
    }
}
