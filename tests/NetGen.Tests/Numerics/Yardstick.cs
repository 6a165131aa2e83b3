using NetGen.Tests.Reference;

namespace NetGen.Tests.Numerics;

/// <summary>
/// Root mean square errors of a good float32 implementation, by tensor: those of the double-precision reference made inexact at random a few
/// times (<see cref="Rounding"/>).
/// </summary>
internal sealed record Yardstick(IReadOnlyList<double> Activations, IReadOnlyDictionary<string, double> Parameters, double Input)
{
    private const int Trials = 4;

    /// <summary>Of a forward and a backward pass.</summary>
    public static Yardstick Measure(ReferenceNetwork exact, double[] inputs, bool training, double[] outputGradient, Gradients expected)
    {
        var activations = new double[exact.Activations.Count];
        var parameters = expected.Parameters.Keys.ToDictionary(name => name, _ => 0.0);
        double input = 0;
        for (uint trial = 0; trial < Trials; trial++)
        {
            ReferenceNetwork inexact = exact.Inexact(trial);
            inexact.Forward(inputs, training);
            Gradients actual = Gradients.Of(inexact, inexact.Backward(outputGradient));
            for (var i = 0; i < activations.Length; i++)
                activations[i] += MeanSquare(inexact.Activations[i], exact.Activations[i]);
            foreach ((string name, ParameterGradient gradient) in actual.Parameters)
                parameters[name] += MeanSquare(gradient.Values, expected.Parameters[name].Values);
            input += MeanSquare(actual.Input, expected.Input);
        }
        return new Yardstick([.. activations.Select(Root)], parameters.ToDictionary(one => one.Key, one => Root(one.Value)), Root(input));

        static double MeanSquare(double[] actual, double[] exact) => Math.Pow(Closeness.RootMeanSquare([.. actual.Zip(exact, (x, y) => x - y)]), 2);
        static double Root(double sum) => Math.Sqrt(sum / Trials);
    }
}
