using NetGen.Generator.Collections;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Tests.Lowering;

/// <summary>The backward pass follows from the operations, whatever the layers: what is read twice has a gradient of two parts.</summary>
public class DifferentiationTests
{
    private static readonly TensorShape Vector = TensorShape.Flat(4);

    [Fact]
    public void A_value_that_two_operations_read_gets_the_sum_of_their_gradients()
    {
        var program = new ProgramBuilder();
        int input = program.NewInput(Vector);
        int x = Layer(program, "x", 0, id => new Map(0, Function.Sigmoid, input, id));
        int a = Layer(program, "a", 1, id => new Map(1, Function.Tanh, x, id));
        int b = Layer(program, "b", 2, id => new Map(2, Function.Sigmoid, x, id));
        int y = Layer(program, "y", 3, id => new Sum(3, a, b, id));

        NetworkProgram whole = Differentiation.Differentiate(Program(program, input, [("x", [-1], x), ("a", [0], a), ("b", [0], b), ("y", [1, 2], y)]));

        Lines(whole, whole.InputGradient).ShouldBe(
        [
            "y Copy b:gradient ← y:gradient",
            "b Sigmoid gradient x:gradient ← b, b:gradient",
            "a zero x:gradient ← ",
            "a Tanh gradient x:gradient:a ← a, a:gradient",
            "a sum x:gradient ← x:gradient, x:gradient:a",
            "x Sigmoid gradient network:input:gradient ← x, x:gradient",
        ]);
        // A backward pass from a does not come by b.
        whole.InputGradient.OfType<Clear>().ShouldHaveSingleItem().Unless.ShouldBe([3, 2]);
        whole.Values.Single(v => v.Name == "a:gradient").Alias.ShouldBe(whole.Values.Single(v => v.Name == "y:gradient").Id);
    }

    /// <summary>The sum's gradient is changed in place on the way to the parameters: the input's share is taken before that.</summary>
    [Fact]
    public void What_only_the_input_needs_is_taken_before_it_is_overwritten()
    {
        var program = new ProgramBuilder();
        int input = program.NewInput(Vector);
        program.Begin("a", 0, [ParameterSpec.Uniform("weight", [4, 4], 4)]);
        int a = program.New(Vector);
        program.Emit(new Contraction(0, new Window(4, 4, []), Target.Output, input, program.Parameter("weight"), a));
        int b = Layer(program, "b", 1, id => new Map(1, Function.Sigmoid, a, id));
        int y = Layer(program, "y", 2, id => new Sum(2, b, input, id));

        NetworkProgram whole = Differentiation.Differentiate(Program(program, input, [("a", [-1], a), ("b", [0], b), ("y", [1, -1], y)]));

        Lines(whole, whole.Backward).ShouldBe(
        [
            "y Copy network:input:gradient ← y:gradient",
            "b Sigmoid gradient a:gradient ← b, b:gradient",
            "a weight gradient a.weight:gradient ← network:input, a:gradient",
        ]);
        whole.InputGradient.OfType<Contraction>().ShouldHaveSingleItem().Accumulates.ShouldBeTrue();
    }

    [Fact]
    public void Products_add_to_a_gradient_that_is_there()
    {
        var program = new ProgramBuilder();
        int input = program.NewInput(Vector);
        EquatableArray<ParameterSpec> weights = [ParameterSpec.Uniform("weight", [4, 4], 4)];
        int Product(string name, int node, int from)
        {
            program.Begin(name, node, weights);
            int output = program.New(Vector);
            program.Emit(new Contraction(node, new Window(4, 4, []), Target.Output, from, program.Parameter("weight"), output));
            return output;
        }

        int x = Product("x", 0, input), a = Product("a", 1, x), b = Product("b", 2, x);
        int y = Layer(program, "y", 3, id => new Sum(3, a, b, id));

        NetworkProgram whole = Differentiation.Differentiate(Program(program, input, [("x", [-1], x), ("a", [0], a), ("b", [0], b), ("y", [1, 2], y)]));

        Contraction[] parts = [.. whole.Backward.OfType<Contraction>().Where(c => c.Target == Target.Input)];
        parts.Select(c => (whole.Nodes[c.Node].Name, c.Accumulates)).ShouldBe([("b", false), ("a", true)]);
        parts.ShouldAllBe(c => whole.Values[c.X].Name == "x:gradient");
        whole.InputGradient.ShouldHaveSingleItem().Node.ShouldBe(0);
    }

    [Fact]
    public void A_derivative_is_not_fused_into_the_first_of_two_parts()
    {
        var program = new ProgramBuilder();
        int input = program.NewInput(Vector);
        program.Begin("x", 0, []);
        int x = Layer(program, "x", 0, id => new Map(0, Function.Tanh, input, id));
        program.Begin("a", 1, [ParameterSpec.Uniform("weight", [4, 4], 4)]);
        int a = program.New(Vector);
        program.Emit(new Contraction(1, new Window(4, 4, []), Target.Output, x, program.Parameter("weight"), a));
        int y = Layer(program, "y", 2, id => new Sum(2, a, x, id));

        NetworkProgram whole = Lowerer.ForTraining(Program(program, input, [("x", [-1], x), ("a", [0], a), ("y", [1, 0], y)]));

        // x's gradient is y's, and to it comes what the product gives; only then may it be multiplied by the derivative.
        whole.InputGradient.OfType<MapGradient>().ShouldHaveSingleItem().Unless.ShouldBeEmpty();
        whole.Backward.Concat(whole.InputGradient).OfType<Contraction>().ShouldAllBe(c => c.Epilogue.Count == 0);
    }

    private static int Layer(ProgramBuilder program, string name, int node, Func<int, Operation> make)
    {
        program.Begin(name, node, []);
        int output = program.New(Vector);
        program.Emit(make(output));
        return output;
    }

    private static NetworkProgram Program(ProgramBuilder program, int input, (string Name, int[] Inputs, int Output)[] nodes) => new(
        program.Values.ToEquatableArray(), nodes.Select(n => new ProgramNode(n.Name, n.Inputs.ToEquatableArray(), n.Output, -1, [])).ToEquatableArray(), input, program.Operations, [], [], []);

    private static IEnumerable<string> Lines(NetworkProgram program, IEnumerable<Operation> operations) => operations.Select(o =>
        $"{program.Nodes[o.Node].Name} {o.Label} {Names(program, o.Writes)} ← {Names(program, o.Reads)}");

    private static string Names(NetworkProgram program, IEnumerable<int> ids) => string.Join(", ", ids.Select(id => program.Values[id].Name));
}
