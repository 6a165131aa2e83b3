using NetGen.Engine;
using NetGen.Tests.Training;

namespace NetGen.Tests.Engine;

/// <summary>Definitions by which the library would read or write outside a network's buffers are refused.</summary>
public sealed class DefinitionCheckTests
{
    /// <summary>What is changed in a sound definition, and what is said of it.</summary>
    private static readonly Dictionary<string, Func<NetworkDefinition, NetworkDefinition>> Faults = new()
    {
        ["groups are of 8 samples"] = definition => definition with { GroupSize = 8 },
        ["floats are trainable"] = definition => definition with { TrainableBytes = definition.ParameterBytes + 64 },
        ["trainable"] = definition => definition with { TrainableBytes = definition.TrainableBytes - 4 },
        ["its numbers are of type 7"] = definition => definition with { Element = (ElementType)7 },
        ["parameters of 130 bytes"] = definition => definition with { ParameterBytes = 130 },
        ["prepared values of -64 bytes"] = definition => definition with { PreparedBytes = -64 },
        ["scratch memory of 8589934592 bytes"] = definition => definition with { PredictScratchBytes = 1L << 33 },
        ["groups of linear1's values are 24 floats apart"] = definition => definition with { Activations = [definition.Activations[0] with { GroupStep = 24 }, definition.Activations[1]] },
        ["the values of linear1 lie outside"] = definition => definition with { Activations = [definition.Activations[0] with { SampleStep = 1, GroupStep = 1 << 24 }, definition.Activations[1]] },
        ["rows of 3 outputs are 2 floats apart"] = definition => Replace(definition, output => output with { Stride = 2 }),
        ["linear1.weight lies outside its buffer"] = definition => Replace(definition, weight => weight with { Offset = definition.TrainableFloats }),
        ["linear1.weight lies outside"] = definition => Replace(definition, weight => weight with { Offset = -1 }),
        ["linear1.weight's layout is not of shape [3, 4]"] = definition => Replace(definition, weight => weight with { Layout = [new Stride(3, 1), new Stride(5, 16)] }),
        ["linear1.weight's layout"] = definition => Replace(definition, weight => weight with { Layout = [new Stride(3, -1), new Stride(4, 16)] }),
        ["the values of linear1 lie outside the arena"] = definition => definition with { Activations = [definition.Activations[0] with { Value = definition.Arena }, definition.Activations[1]] },
        ["the gradient of linear1 lie outside the arena"] = definition => definition with { Activations = [definition.Activations[0] with { Gradient = definition.Arena }, definition.Activations[1]] },
        ["the values of linear1"] = definition => definition with { Activations = [definition.Activations[0] with { SampleStep = 1 << 20 }, definition.Activations[1]] },
        ["its output rows lie outside the arena"] = definition => Replace(definition, output => output with { Rows = definition.Arena }),
        ["its gradient rows lie outside the arena"] = definition => Replace(definition, output => output with { Gradient = definition.Arena }),
        ["it has no outputs"] = definition => definition with { Outputs = [] },
        ["it has several outputs called relu1"] = definition => definition with { Outputs = [definition.Outputs[0], definition.Outputs[0]] },
        ["relu1 is an output of node 2"] = definition => Replace(definition, output => output with { Node = 2 }),
        ["relu1 has 3 values, and the network 2"] = definition => definition with { OutputShape = [2] },
        ["input lie outside the arena"] = definition => definition with { InputGradient = definition.InputGradient with { Value = definition.Arena } },
        ["it has no layers"] = definition => definition with { Activations = [] },
    };

    public static TheoryData<string> Cases => [.. Faults.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void ContradictionsAreRefused(string fault)
    {
        foreach (bool grouped in new[] { true, false })
        {
            NetworkDefinition sound = new PerceptronProgram(4, 3, grouped).Definition;
            DefinitionCheck.Run(sound);
            Should.Throw<ArgumentException>(() => DefinitionCheck.Run(Faults[fault](sound))).Message.ShouldContain(fault);
        }
    }

    private static NetworkDefinition Replace(NetworkDefinition definition, Func<OutputDefinition, OutputDefinition> change) =>
        definition with { Outputs = [change(definition.Outputs[0])] };

    private static NetworkDefinition Replace(NetworkDefinition definition, Func<ParameterDefinition, ParameterDefinition> change) =>
        definition with { Parameters = definition.Parameters.SetItem(0, change(definition.Parameters[0])) };
}
