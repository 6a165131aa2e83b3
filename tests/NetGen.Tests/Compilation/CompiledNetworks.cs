using System.Reflection;
using System.Runtime.Loader;
using NetGen.Engine;

namespace NetGen.Tests.Compilation;

/// <summary>Compiled network classes in a load context of their own, which goes when this is disposed and nothing refers to them.</summary>
internal sealed class CompiledNetworks : IDisposable
{
    private readonly AssemblyLoadContext context;
    private readonly Assembly assembly;

    public CompiledNetworks(byte[] image)
    {
        context = new AssemblyLoadContext("networks", isCollectible: true);
        assembly = context.LoadFromStream(new MemoryStream(image));
    }

    /// <summary>A new network of the class of that name, in whatever namespace.</summary>
    public INetwork Create(string name, ulong seed = 0) =>
        (INetwork)Activator.CreateInstance(assembly.GetTypes().Single(type => type.Name == name), (Seed)seed)!;

    /// <summary>What the generator emitted for the class.</summary>
    public NetworkProgram Program(string name) => Create(name).State.Program;

    public void Dispose() => context.Unload();
}
