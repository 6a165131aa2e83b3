using NetGen.Generator.Graph;

namespace NetGen.Generator;

/// <summary>Where the emitter of kernels is called.</summary>
internal static class KernelSource
{
    public static string Emit(NetworkGraph graph) => "";
}
