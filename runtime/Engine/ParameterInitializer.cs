using System.Runtime.CompilerServices;

namespace NetGen.Engine;

/// <summary>
/// Fills a new network's parameters. Values are drawn in PyTorch's order from a stream of each parameter's own, so they depend on the seed,
/// the parameter's place and its shape, and not on how kernels lay them out.
/// </summary>
/// <remarks>
/// PyTorch's Linear and Conv2d draw weights with <c>kaiming_uniform_(a=√5)</c>, which is U(−1/√fan_in, 1/√fan_in), and biases from the same
/// range (He et al., 2015, arXiv:1502.01852, and torch.nn.Linear.reset_parameters). The numbers themselves are not PyTorch's.
/// </remarks>
internal static class ParameterInitializer
{
    public static void Fill(NetworkDefinition definition, ref float values, ulong seed)
    {
        for (var i = 0; i < definition.Parameters.Length; i++)
        {
            ParameterDefinition parameter = definition.Parameters[i];
            ref float first = ref Unsafe.Add(ref values, parameter.Offset);
            if (parameter.Initialization == Initialization.Uniform)
                StridedLayout.Scatter(parameter.Layout, Uniform(parameter, new CounterRandom(seed, (ulong)i)), ref first);
            else
                StridedLayout.Fill(parameter.Layout, parameter.Initialization == Initialization.Ones ? 1 : 0, ref first);
        }
    }

    private static float[] Uniform(ParameterDefinition parameter, CounterRandom stream)
    {
        var drawn = new float[parameter.Shape.Size];
        for (var i = 0; i < drawn.Length; i++)
            drawn[i] = ((2 * stream.Unit((ulong)i)) - 1) * parameter.Bound;
        return drawn;
    }
}
