using NetGen.Tests.Reference;

namespace NetGen.Tests.Numerics;

/// <summary>
/// A network with values drawn, and what the reference makes of them. Values are drawn anew until no ReLU, window maximum or
/// normalisation of the reference is so close to a kink that float32 may rightly differ from double precision.
/// </summary>
internal sealed class Trial
{
    /// <summary>Rounding errors of float32 stay below this, values being of size 1.</summary>
    public const double SafeMargin = 3e-6;

    private const int Attempts = 40;
    private readonly ReferenceNetwork reference;
    private readonly Dictionary<int, Gradients> gradients = [];
    private Yardstick? yardstick;

    private Trial(NetworkCase network, ReferenceNetwork reference, double[] inputs, uint seed, bool training)
    {
        this.reference = reference;
        Network = network;
        Inputs = inputs;
        Seed = seed;
        Training = training;
        Parameters = [.. reference.Parameters.Select(one => Floats(one.Values))];
        reference.Forward(inputs, training);
        Margin = reference.Margin();
    }

    /// <summary>The network.</summary>
    public NetworkCase Network { get; }

    /// <summary>The values of the parameters, in order; exact in float32.</summary>
    public IReadOnlyList<float[]> Parameters { get; }

    /// <summary>[batch, input shape]; exact in float32.</summary>
    public double[] Inputs { get; }

    /// <summary>Whether batch statistics are used.</summary>
    public bool Training { get; }

    /// <summary>Whether the values are far enough from every kink.</summary>
    public bool IsSafe => Margin >= SafeMargin;

    /// <summary>The reference's outputs of all layers.</summary>
    public IReadOnlyList<double[]> Activations => reference.Activations;

    /// <summary>The layers' names.</summary>
    public IReadOnlyList<string> LayerNames => reference.Names;

    /// <summary>The running statistics as the forward pass must leave them, by name: moved in training, untouched in evaluation.</summary>
    public IReadOnlyDictionary<string, double[]> Statistics { get; private set; } = new Dictionary<string, double[]>();

    private double Margin { get; }

    private uint Seed { get; }

    /// <summary>Values for that many samples, the best of a few draws.</summary>
    public static Trial Draw(NetworkCase network, int batch, bool training)
    {
        Trial? best = null;
        for (uint attempt = 0; attempt < Attempts && best is not { IsSafe: true }; attempt++)
        {
            uint seed = 1000 * attempt + (uint)batch;
            ReferenceNetwork reference = network.CreateReference(seed);
            var trial = new Trial(network, reference, Filler.Values(seed + 900, batch * reference.InputSize), seed, training);
            best = best is null || trial.Margin > best.Margin ? trial : best;
        }
        if (best!.IsSafe)
            best.CheckByFiniteDifferences();
        best.MoveStatistics();
        return best;
    }

    /// <summary>A gradient of that layer's output to start from, of size 1 and exact in float32.</summary>
    public double[] OutputGradient(int layer) => Filler.Values(Seed + 901, Activations[layer].Length);

    /// <summary>What the reference makes of <see cref="OutputGradient"/>.</summary>
    public Gradients BackwardFrom(int layer)
    {
        if (gradients.TryGetValue(layer, out Gradients? known))
            return known;
        return gradients[layer] = Gradients.Of(reference, reference.BackwardFrom(layer, OutputGradient(layer)));
    }

    /// <summary>What the reference makes of gradients of all outputs, the main one first.</summary>
    public Gradients BackwardFromOutputs() => Gradients.Of(reference, reference.BackwardFrom([.. Outputs.Select(layer => (layer, OutputGradient(layer)))]));

    /// <summary>The layers that give outputs, the main one first.</summary>
    public IReadOnlyList<int> Outputs => [Activations.Count - 1, .. Network.Outputs];

    /// <summary>The errors that float32 makes here, from the gradient of the last layer's output on.</summary>
    public Yardstick Yardstick => yardstick ??= Yardstick.Measure(reference, Inputs, Training, OutputGradient(Activations.Count - 1), BackwardFrom(Activations.Count - 1));

    /// <summary>Rounded to float32.</summary>
    public static float[] Floats(double[] values) => [.. values.Select(value => (float)value)];

    private void MoveStatistics()
    {
        if (Training)
            reference.UpdateStatistics();
        Statistics = reference.Parameters.Where(one => !one.Spec.IsTrainable).ToDictionary(one => one.Name, double[] (one) => [.. one.Values]);
    }

    /// <summary>Fails unless the reference's own gradients are the derivative of what they are gradients of, along their direction.</summary>
    private void CheckByFiniteDifferences()
    {
        int last = Activations.Count - 1;
        double[] weights = OutputGradient(last);
        Gradients expected = BackwardFrom(last);
        List<(double[] Values, double[] Gradient)> all =
        [
            (Inputs, expected.Input),
            .. reference.Parameters.Where(one => one.Spec.IsTrainable).Select(one => (one.Values, expected.Parameters[one.Name].Values)),
        ];
        double norm = Math.Sqrt(all.Sum(one => one.Gradient.Sum(x => x * x)));
        double[][] origins = [.. all.Select(one => (double[])[.. one.Values])];
        double Moved(double step)
        {
            for (var t = 0; t < all.Count; t++)
            {
                for (var i = 0; i < origins[t].Length; i++)
                    all[t].Values[i] = origins[t][i] + step * all[t].Gradient[i];
            }
            return reference.Forward(Inputs, Training).Zip(weights, (x, w) => x * w).Sum();
        }
        if (norm != 0)
        {
            double h = 1e-7 / norm;
            double slope = (Moved(h) - Moved(-h)) / (2 * h * norm);
            slope.ShouldBe(norm, 1e-3 * norm, "the reference against finite differences");
        }
        Moved(0);
    }
}

/// <summary>The gradients of a backward pass: of the input, and of the trainable parameters by name.</summary>
internal sealed record Gradients(double[] Input, IReadOnlyDictionary<string, ParameterGradient> Parameters)
{
    /// <summary>What the reference's last backward pass left.</summary>
    public static Gradients Of(ReferenceNetwork reference, double[] input) => new(
        input,
        reference.Parameters.Where(one => one.Spec.IsTrainable)
            .ToDictionary(one => one.Name, one => new ParameterGradient([.. one.Gradient], Closeness.RootMeanSquare(one.Terms))));
}

/// <summary>The gradient of a parameter.</summary>
/// <param name="Values">The gradient.</param>
/// <param name="Terms">Root mean square of what it would be if no term of its sums cancelled another.</param>
internal sealed record ParameterGradient(double[] Values, double Terms);
