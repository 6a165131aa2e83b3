namespace NetGen.Generator.Cpu.Planning;

/// <summary>What a plan is made for.</summary>
internal enum PlanWish
{
    /// <summary>Speed.</summary>
    Cheapest,

    /// <summary>For tests: the kernels of wide layers do whatever they can.</summary>
    Wide,

    /// <summary>For tests: the same, behind as many layers as can have samples as lanes.</summary>
    Mixed,
}
