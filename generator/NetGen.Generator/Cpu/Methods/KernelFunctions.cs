namespace NetGen.Generator.Cpu.Methods;

/// <summary>The functions that kernels share.</summary>
internal static class KernelFunctions
{
    /// <summary>All of them, in the order in which they are written.</summary>
    public static IReadOnlyList<KernelFunction> All { get; } =
    [
        KernelFunction.Largest, KernelFunction.Lane, KernelFunction.Pair, KernelFunction.AddExactly, KernelFunction.Sigmoid, KernelFunction.Tanh, KernelFunction.Exp,
        KernelFunction.SigmoidGradient, KernelFunction.TanhGradient, KernelFunction.Kept, .. ActivationFunctions.All,
    ];

    /// <summary>Those that are called, and those that these call, in the order in which they are written.</summary>
    public static IEnumerable<KernelFunction> WithNeeds(IEnumerable<KernelFunction> called)
    {
        var wanted = new HashSet<KernelFunction>();
        void Need(KernelFunction function)
        {
            if (!wanted.Add(function))
                return;
            foreach (KernelFunction needed in function.Needs)
                Need(needed);
        }
        foreach (KernelFunction function in called)
            Need(function);
        return All.Where(wanted.Contains);
    }
}
