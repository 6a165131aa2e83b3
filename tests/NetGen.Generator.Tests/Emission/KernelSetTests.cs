using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Text;
using KernelParameter = NetGen.Generator.Cpu.Methods.Parameter;

namespace NetGen.Generator.Tests.Emission;

/// <summary>The kernels of a class, and the functions that they say they call.</summary>
public class KernelSetTests
{
    private static readonly KernelParameter[] Tensors = [KernelParameter.Tensor("x"), KernelParameter.Number("lowest", "float"), .. KernelParameter.Range];

    [Fact]
    public void Equal_kernels_are_one_and_others_get_a_number()
    {
        var kernels = new KernelSet();
        kernels.Add("Sum", "First.", Tensors, w => w.Line("x = 1;")).ShouldBe("Sum");
        kernels.Add("Other", "Second.", Tensors, w => w.Line("x = 1;")).ShouldBe("Sum");
        kernels.Add("Sum", "Third.", Tensors, w => w.Line("x = 2;")).ShouldBe("Sum_2");
        kernels.Add("Sum", "Fourth.", [Tensors[0]], w => w.Line("x = 1;")).ShouldBe("Sum_3");
        var written = new SourceWriter();
        kernels.Write(written, new HashSet<string> { "Sum_2" });
        written.ToString().ShouldStartWith(
            $"\n// First.\n{KernelSet.Attribute}\nprivate static void Sum(ref float x, float lowest, nint from, nint to)\n{{\n    x = 1;\n}}\n\n// Third.\n");
        written.ToString().ShouldNotContain("Second.");
    }

    [Fact]
    public void Functions_come_with_those_that_they_need_and_once()
    {
        var kernels = new KernelSet();
        kernels.Functions.ShouldBeEmpty();
        kernels.Add("A", "", [], w => w.Line("Tanh();"), KernelFunction.Tanh);
        kernels.Add("B", "", [], w => w.Line("Sigmoid();"), KernelFunction.Sigmoid);
        kernels.Functions.ShouldBe([KernelFunction.Sigmoid, KernelFunction.Tanh, KernelFunction.Exp]);
    }

    [Fact]
    public void A_call_passes_what_it_is_given_and_else_what_the_caller_has()
    {
        var given = new Dictionary<string, string> { ["x"] = "ref Unsafe.Add(ref x, 3)", ["unknown"] = "1" };
        KernelParameter.Pass(Tensors, given).ShouldBe("ref Unsafe.Add(ref x, 3), lowest, from, to");
        KernelParameter.Pass(Tensors, new Dictionary<string, string>()).ShouldBe("ref x, lowest, from, to");
    }

    [Fact]
    public void A_function_names_no_other_that_it_does_not_need()
    {
        foreach (InstructionSet level in InstructionSet.All)
        {
            foreach (KernelFunction function in KernelFunctions.All)
            {
                string text = function.Text(level);
                bool callsExp = text.Contains("Exp(") && function != KernelFunction.Exp;
                function.Needs.Contains(KernelFunction.Exp).ShouldBe(callsExp);
            }
        }
    }
}
