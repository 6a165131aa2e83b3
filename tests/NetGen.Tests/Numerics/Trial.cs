using NetGen.Tests.Reference;

namespace NetGen.Tests.Numerics;

/// <summary>
/// A case with values drawn: parameters, inputs and the gradient of the outputs. Values are drawn anew until no ReLU, window maximum or
/// normalisation of the reference is so close to a kink that float32 may rightly differ from double precision.
/// </summary>
internal sealed class Trial
{
    private const double SafeMargin = 3e-6;
    private const int Attempts = 40;

    private Trial(ReferenceNetwork reference, double[] inputs, double[] outputGradient, double margin) =>
        (Reference, Inputs, OutputGradient, Margin) = (reference, inputs, outputGradient, margin);

    /// <summary>The reference, forward pass done.</summary>
    public ReferenceNetwork Reference { get; }

    /// <summary>[batch, input shape], exact in float32.</summary>
    public double[] Inputs { get; }

    /// <summary>[batch, output shape], exact in float32.</summary>
    public double[] OutputGradient { get; }

    /// <summary>Whether values were found that are far enough from every kink.</summary>
    public bool IsSafe => Margin >= SafeMargin;

    private double Margin { get; }

    /// <summary>Values for that many samples, the best of a few draws.</summary>
    public static Trial Draw(NetworkCase network, int batch, bool training)
    {
        Trial? best = null;
        for (uint attempt = 0; attempt < Attempts; attempt++)
        {
            uint seed = 1000 * attempt + (uint)batch;
            ReferenceNetwork reference = network.CreateReference(seed);
            double[] inputs = Filler.Values(seed + 900, batch * reference.InputSize);
            double[] gradient = Filler.Values(seed + 901, batch * reference.OutputSize);
            reference.Forward(inputs, training);
            var trial = new Trial(reference, inputs, gradient, reference.Margin());
            if (trial.IsSafe)
                return trial;
            best = best is null || trial.Margin > best.Margin ? trial : best;
        }
        return best!;
    }

    /// <summary>Fails unless the reference's own gradients are the derivative of its loss, along the gradient's direction.</summary>
    public void CheckByFiniteDifferences(bool training)
    {
        Reference.Forward(Inputs, training);
        double[] inputGradient = Reference.Backward(OutputGradient);
        List<(double[] Values, double[] Gradient)> all =
            [(Inputs, inputGradient), .. Reference.Parameters.Where(one => one.Spec.IsTrainable).Select(one => (one.Values, (double[])[.. one.Gradient]))];
        double norm = Math.Sqrt(all.Sum(one => one.Gradient.Sum(x => x * x)));
        if (norm == 0)
            return;
        double[][] origins = [.. all.Select(one => (double[])[.. one.Values])];
        double Loss(double step)
        {
            for (var t = 0; t < all.Count; t++)
            {
                for (var i = 0; i < origins[t].Length; i++)
                    all[t].Values[i] = origins[t][i] + step * all[t].Gradient[i] / norm;
            }
            return Reference.Forward(Inputs, training).Zip(OutputGradient, (x, w) => x * w).Sum();
        }
        const double h = 1e-7;
        double derivative = (Loss(h) - Loss(-h)) / (2 * h);
        Loss(0);
        derivative.ShouldBe(norm, 1e-3 * norm, "the reference against finite differences");
    }
}
