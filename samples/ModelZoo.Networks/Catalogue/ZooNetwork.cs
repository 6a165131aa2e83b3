using NetGen;
using NetGen.Engine;

namespace ModelZoo.Catalogue;

/// <summary>A network of the zoo by its name; everything else here knows <see cref="INetwork"/> only.</summary>
public sealed record ZooNetwork
{
    /// <summary>What a command line calls it.</summary>
    public required string Name { get; init; }

    /// <summary>A new one, initialised from a seed.</summary>
    public required Func<Seed, INetwork> Create { get; init; }

    /// <summary>Its sizes.</summary>
    public required NetworkDefinition Definition { get; init; }

    /// <summary>The table of its layers.</summary>
    public required string Summary { get; init; }

    /// <summary>How pictures become its inputs; null: it gives no classes.</summary>
    public PictureForm? Pictures { get; init; }

    /// <summary>The network's names of what files of weights hold.</summary>
    public Func<string, string?> WeightNames { get; init; } = name => name;

    /// <summary>Trainable values.</summary>
    public long ParameterCount => Definition.Parameters.Where(parameter => parameter.IsTrainable).Sum(parameter => (long)parameter.Shape.Size);

    /// <summary>A network with the weights of a file.</summary>
    /// <param name="path">The file, in the form of safetensors.</param>
    /// <exception cref="WeightsException">The file is damaged, or is of another network.</exception>
    /// <exception cref="IOException">The file cannot be read: there is none, or it is a folder, a device or a pipe.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public INetwork Load(string path)
    {
        INetwork network = Create(0);
        network.LoadWeights(path, WeightNames);
        return network;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>A class of networks under a name.</summary>
    internal static ZooNetwork Of<TNetwork>(string name, string summary, PictureForm? pictures) where TNetwork : INetwork<TNetwork> => new()
    {
        Name = name,
        Create = seed => TNetwork.Create(seed),
        Definition = TNetwork.Program.Definition,
        Summary = summary,
        Pictures = pictures,
    };
}
