using System.Runtime.CompilerServices;
using NetGen.Engine;
using NetGen.Tests.Training;

namespace NetGen.Tests.Engine;

/// <summary>
/// A perceptron whose predictions a team makes together: each worker computes its share of the sums into the scratch memory that all have in
/// common, all wait, and each takes the function of what another computed. Without the wait, or with scratch of its own, the outputs would be wrong.
/// </summary>
internal sealed class SharedProgram(int inputs = 4, int outputs = 3) : NetworkProgram
{
    private const int Poison = -1000;
    private readonly PerceptronProgram inner = new(inputs, outputs, grouped: false);

    public override NetworkDefinition Definition { get; } = new PerceptronProgram(inputs, outputs, grouped: false).Definition with { PredictIsShared = true, PredictScratchBytes = 64 * ((outputs + 15) / 16) };

    /// <summary>Told the worker and the workers of every call, before it does anything.</summary>
    public Action<int, int>? OnPredict { get; set; }

    public override void Predict(ref float parameters, ref float inputs, ref float outputs, int count, ref float scratch, in Team team)
    {
        OnPredict?.Invoke(team.Worker, team.Workers);
        int size = Definition.OutputShape.Size;
        team.Share(size, 1, out int from, out int to);
        Team.Share(size, 1, team.Workers - 1 - team.Worker, team.Workers, out int first, out int last);
        for (var n = 0; n < count; n++)
        {
            for (int o = from; o < to; o++)
                Unsafe.Add(ref scratch, o) = inner.Sum(ref parameters, ref inputs, n, o);
            team.Wait();
            for (int o = first; o < last; o++)
                Unsafe.Add(ref outputs, (n * size) + o) = MathF.Max(0, Unsafe.Add(ref scratch, o));
            team.Wait();
            for (int o = from; o < to; o++)
                Unsafe.Add(ref scratch, o) = Poison;
        }
    }

    public override void Forward(in StepContext step) => inner.Forward(step);

    public override void Backward(in StepContext step, int fromLayer) => inner.Backward(step, fromLayer);

    public override void InputGradient(in StepContext step, int fromLayer) => inner.InputGradient(step, fromLayer);

    public override void Materialize(in StepContext step, int layer) => inner.Materialize(step, layer);
}
