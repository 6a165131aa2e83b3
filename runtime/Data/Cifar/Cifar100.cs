using System.Collections.Immutable;

namespace NetGen;

/// <summary>
/// CIFAR-100: small colour photographs by Krizhevsky, Nair and Hinton (2009) of 100 classes, 50,000 to train on and 10,000 to test on, each [3, 32, 32]
/// of class 0 to 99 (<see cref="ClassNames"/>, the fine labels). Values are 0 for black to 1, then, unless told otherwise, normalised to
/// (x - <see cref="Mean"/>) / <see cref="Std"/> of their channel.
/// </summary>
public static class Cifar100
{
    private static readonly CifarArchive Archive = new(
        "cifar-100-binary", ["train"], "test", LabelBytes: 2,
        [
            "apple", "aquarium_fish", "baby", "bear", "beaver", "bed", "bee", "beetle", "bicycle", "bottle", "bowl", "boy", "bridge", "bus", "butterfly",
            "camel", "can", "castle", "caterpillar", "cattle", "chair", "chimpanzee", "clock", "cloud", "cockroach", "couch", "crab", "crocodile", "cup",
            "dinosaur", "dolphin", "elephant", "flatfish", "forest", "fox", "girl", "hamster", "house", "kangaroo", "keyboard", "lamp", "lawn_mower",
            "leopard", "lion", "lizard", "lobster", "man", "maple_tree", "motorcycle", "mountain", "mouse", "mushroom", "oak_tree", "orange", "orchid",
            "otter", "palm_tree", "pear", "pickup_truck", "pine_tree", "plain", "plate", "poppy", "porcupine", "possum", "rabbit", "raccoon", "ray", "road",
            "rocket", "rose", "sea", "seal", "shark", "shrew", "skunk", "skyscraper", "snail", "snake", "spider", "squirrel", "streetcar", "sunflower",
            "sweet_pepper", "table", "tank", "telephone", "television", "tiger", "tractor", "train", "trout", "tulip", "turtle", "wardrobe", "whale",
            "willow_tree", "wolf", "woman", "worm",
        ],
        [0.5071f, 0.4866f, 0.4409f], [0.2673f, 0.2564f, 0.2762f]);

    /// <inheritdoc cref="Cifar10.Mean"/>
    public static ImmutableArray<float> Mean => Archive.Mean;

    /// <inheritdoc cref="Cifar10.Std"/>
    public static ImmutableArray<float> Std => Archive.Std;

    /// <summary>What the classes 0 to 99 are.</summary>
    public static ImmutableArray<string> ClassNames => Archive.ClassNames;

    /// <summary>
    /// Reads the binary version from a folder: <c>train.bin</c> and <c>test.bin</c>, plain or .gz, in it or in its folder <c>cifar-100-binary</c>. Classes
    /// are the fine labels.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="normalize">False leaves values in 0..1.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">It lacks one of the files.</exception>
    /// <exception cref="DataFormatException">A file is damaged, or is not of CIFAR-100's form.</exception>
    public static DataSplit Load(string folder, bool normalize = true) => Archive.Load(folder, normalize);
}
