using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Operations;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>The drivers of a network's wide layers: a class of their own, the same at every level of instructions. Equal layers share one.</summary>
internal sealed class DriverSet
{
    /// <summary>The emitted class.</summary>
    public const string ClassName = "Drivers";

    private readonly KernelSet methods = new();
    private readonly Dictionary<BoundOperation, Kernel> known = [];

    /// <summary>The shared methods that the drivers call.</summary>
    public WideNeeds Needs { get; private set; } = WideNeeds.None;

    /// <summary>Floats that a worker must have for itself.</summary>
    public int Scratch { get; private set; }

    /// <summary>The methods.</summary>
    public IReadOnlyList<string> Methods => methods.Methods;

    /// <summary>The driver of an operation; null: it needs a kernel of its own at each level.</summary>
    public Kernel? KernelOf(BoundOperation operation)
    {
        if (known.TryGetValue(operation, out Kernel? kernel))
            return kernel;
        if (SharedCalls.Of(operation) is { } call)
            return Add(operation, call);
        if (Write(operation) is not { } driver)
            return null;
        Needs = Needs.And(driver.Needs);
        Scratch = Math.Max(Scratch, driver.Scratch);
        string name = methods.Add(operation.Name, driver.Summary, driver.WriteMethod);
        kernel = new Kernel($"{ClassName}.{name}", HasFloor: operation is WideContraction { Epilogue.HasLowest: true })
        {
            PieceCount = driver.Pieces.Text,
            HasScratch = driver.Scratch > 0,
        };
        known.Add(operation, kernel);
        return kernel;
    }

    /// <summary>A kernel that is called without a driver.</summary>
    private Kernel Add(BoundOperation operation, WideCall call)
    {
        Needs = Needs.And(call.Needs);
        var kernel = new Kernel($"Wide.{call.Method}", IsRandom: call.IsRandom) { PieceCount = call.Pieces.Text, Numbers = call.Numbers };
        known.Add(operation, kernel);
        return kernel;
    }

    private static WideDriver? Write(BoundOperation operation) => operation switch
    {
        WideContraction { Target: Target.Output } c => ForwardDriver.Write(c.Convolution, c.X, c.Y, c.Epilogue),
        WideContraction { Target: Target.Input } c => InputGradientDriver.Write(c.Convolution, c.Y, c.X, c.Epilogue),
        WideContraction c => WeightGradientDriver.Write(c.Convolution, c.X, c.Y, c.Epilogue.Adds),
        HaloZeros z => HaloDriver.Write(z.Channels, z.Height, z.Width, z.Steps, z.Halo),
        _ => null,
    };
}
