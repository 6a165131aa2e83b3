using System.Collections.Immutable;

namespace NetGen;

/// <summary>
/// CIFAR-10: small colour photographs by Krizhevsky, Nair and Hinton (2009), 50,000 to train on and 10,000 to test on, each [3, 32, 32] of class 0 to 9
/// (<see cref="ClassNames"/>). Values are 0 for black to 1, then, unless told otherwise, normalised to (x - <see cref="Mean"/>) / <see cref="Std"/> of
/// their channel.
/// </summary>
public static class Cifar10
{
    private static readonly CifarArchive Archive = new(
        "cifar-10-batches-bin",
        ["data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5"], "test_batch", LabelBytes: 1,
        ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"],
        [0.4914f, 0.4822f, 0.4465f], [0.2470f, 0.2435f, 0.2616f]);

    /// <summary>Mean of the training pixels: red, green, blue.</summary>
    public static ImmutableArray<float> Mean => Archive.Mean;

    /// <summary>Standard deviation of the training pixels: red, green, blue.</summary>
    public static ImmutableArray<float> Std => Archive.Std;

    /// <summary>What the classes 0 to 9 are.</summary>
    public static ImmutableArray<string> ClassNames => Archive.ClassNames;

    /// <summary>
    /// Reads the binary version from a folder: <c>data_batch_1.bin</c> to <c>_5</c> and <c>test_batch.bin</c>, plain or .gz, in it or in its folder
    /// <c>cifar-10-batches-bin</c>. Of the test images a part will do, such as <c>test_batch_first1000.bin.gz</c>.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="normalize">False leaves values in 0..1.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">It lacks one of the files.</exception>
    /// <exception cref="DataFormatException">A file is damaged, or is not of CIFAR-10's form.</exception>
    public static DataSplit Load(string folder, bool normalize = true) => Archive.Load(folder, normalize);
}
