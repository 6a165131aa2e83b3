using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;

namespace NetGen.Generator.Cpu;

/// <summary>Where the loops of a contraction stand in its tensors.</summary>
internal sealed class TensorAddresses
{
    private readonly StridedContraction c;

    private TensorAddresses(StridedContraction contraction, Address a, Address b, Address target, Address bias) =>
        (c, A, B, Target, Bias) = (contraction, a, b, target, bias);

    public Address A { get; }

    public Address B { get; }

    /// <summary>In the tensor that is computed.</summary>
    public Address Target { get; }

    public Address Bias { get; }

    /// <summary>At their first floats.</summary>
    public static TensorAddresses Start(StridedContraction c) => new(c, Address.Zero, Address.Zero, Address.Zero, Address.Zero);

    /// <summary>Moved by so many floats of X, W and Y.</summary>
    public TensorAddresses Plus((int X, int W, int Y) floats) => new(
        c, A.Plus(Operands.Of(Operands.A(c), floats)), B.Plus(Operands.Of(Operands.B(c), floats)), Target.Plus(Operands.Of(Operands.C(c), floats)), Bias);

    /// <summary>Moved by a variable times so many floats of X, W and Y.</summary>
    public TensorAddresses Plus(string variable, (int X, int W, int Y) floats) => new(
        c,
        A.Plus(variable, Operands.Of(Operands.A(c), floats)),
        B.Plus(variable, Operands.Of(Operands.B(c), floats)),
        Target.Plus(variable, Operands.Of(Operands.C(c), floats)),
        Bias);

    public TensorAddresses PlusBias(int floats) => new(c, A, B, Target, Bias.Plus(floats));

    public TensorAddresses PlusBias(string variable, int floats) => new(c, A, B, Target, Bias.Plus(variable, floats));
}
