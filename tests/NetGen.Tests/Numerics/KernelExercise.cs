using NetGen.Tests.Compilation;

namespace NetGen.Tests.Numerics;

/// <summary>Makes the runtime compile every method that the reference networks' training and inference call.</summary>
internal static class KernelExercise
{
    /// <summary>A step and predictions of each network. Nothing is checked but that they end: the numbers are checked elsewhere.</summary>
    public static IReadOnlyList<string> Run()
    {
        using CompiledNetworks compiled = NetworkCompiler.Compile(NetworkCase.Source(NetworkCases.Whole));
        for (var i = 0; i < NetworkCases.Whole.Count; i++)
        {
            NetworkCase network = NetworkCases.Whole[i];
            Trial trial = Trial.Draw(network, 64, training: false);
            float[] inputs = Trial.Floats(trial.Inputs);
            var actual = new GuardedNetwork(compiled.Program($"Case{i}"));
            actual.SetParameters(trial.Parameters);
            actual.Predict(inputs[..(inputs.Length / 64)], 1);
            actual.Predict(inputs, 64);
            using ITestPass pass = actual.CreatePass(64, threads: 1);
            for (var step = 0; step < 2; step++)
            {
                pass.Forward(inputs, training: true);
                pass.BackwardFrom(network.Layers.Length - 1, Trial.Floats(trial.OutputGradient(network.Layers.Length - 1)));
                pass.InputGradient();
            }
        }
        return [];
    }
}
