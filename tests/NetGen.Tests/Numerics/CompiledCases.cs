using NetGen.Tests.Compilation;

namespace NetGen.Tests.Numerics;

/// <summary>Cases compiled together, since a compilation costs more than a class in it.</summary>
internal sealed class CompiledCases(IReadOnlyList<NetworkCase> cases) : IDisposable
{
    private readonly Lazy<CompiledNetworks> networks = new(() => NetworkCompiler.Compile(NetworkCase.Source(cases)));

    /// <summary>How many there are.</summary>
    public int Count => cases.Count;

    /// <summary>Checks one. A failure names the smallest network that still fails, and the one that it came from.</summary>
    public void Check(int index)
    {
        if (Try(cases[index], networks.Value, $"Case{index}") is not { } failure)
            return;
        (NetworkCase smallest, string message) = CaseShrinker.Smallest(cases[index], failure, TryAlone);
        throw new ShouldAssertException(smallest == cases[index] ? message : $"{message}\nshrunk from\n{cases[index]}\n{failure}");
    }

    public void Dispose()
    {
        if (networks.IsValueCreated)
            networks.Value.Dispose();
    }

    private static string? TryAlone(NetworkCase network)
    {
        using CompiledNetworks alone = NetworkCompiler.Compile(NetworkCase.Source([network]));
        return Try(network, alone, "Case0");
    }

    private static string? Try(NetworkCase network, CompiledNetworks compiled, string name)
    {
        try
        {
            new NetworkChecks(network).All(new GuardedNetwork(compiled.Program(name)));
            return null;
        }
        catch (ShouldAssertException exception)
        {
            return exception.Message;
        }
    }
}
