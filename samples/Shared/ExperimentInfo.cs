using System.Collections.Immutable;

namespace SamplesShared;

/// <summary>What an experiment is called and takes.</summary>
/// <param name="Name">Of its program and its report's file.</param>
/// <param name="Title">What its page is called.</param>
/// <param name="Data">What <see cref="DataOption"/> gives.</param>
/// <param name="Options">Whole numbers that it takes.</param>
public sealed record ExperimentInfo(string Name, string Title, string Data, params ImmutableArray<ExperimentOption> Options)
{
    /// <summary>The option that names real data.</summary>
    public string DataOption { get; init; } = "--data";

    internal string Help => $"""
        {Title}

          {DataOption + " PATH",-16} {Data}
          --report FILE    where the page with pictures goes; {Name}.html unless told otherwise
        {string.Concat(Options.Select(option => $"  {option.Name + " N",-16} {option.Meaning}; {option.Usual} unless told otherwise\n"))}
        """;
}

/// <summary>An option that takes a whole number.</summary>
/// <param name="Name">As it is written, <c>--epochs</c>.</param>
/// <param name="Usual">What it is unless told otherwise.</param>
/// <param name="Meaning">What it says.</param>
public sealed record ExperimentOption(string Name, int Usual, string Meaning);
