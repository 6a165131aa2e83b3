namespace NetGen.Tests.Reference;

/// <summary>An optimizer in double precision, from the algorithm boxes of PyTorch's torch.optim pages.</summary>
internal abstract class ReferenceOptimizer
{
    private readonly Dictionary<(string, string), double[]> states = [];

    /// <summary>Steps made.</summary>
    protected int Steps { get; private set; }

    /// <summary>Updates every parameter from its gradient.</summary>
    public void Step(IEnumerable<ReferenceParameter> parameters)
    {
        Steps++;
        foreach (ReferenceParameter parameter in parameters)
        {
            for (var i = 0; i < parameter.Values.Length; i++)
                Update(parameter, i);
        }
    }

    /// <summary>Updates one value.</summary>
    protected abstract void Update(ReferenceParameter parameter, int i);

    /// <summary>A state tensor beside a parameter, 0 at first.</summary>
    protected double[] State(ReferenceParameter parameter, string name) =>
        states.TryGetValue((parameter.Name, name), out double[]? state) ? state : states[(parameter.Name, name)] = new double[parameter.Values.Length];
}

/// <summary>Stochastic gradient descent with momentum (no dampening), Nesterov's form and L2 weight decay.</summary>
internal sealed class ReferenceSgd(double learningRate, double momentum = 0, bool nesterov = false, double weightDecay = 0) : ReferenceOptimizer
{
    protected override void Update(ReferenceParameter parameter, int i)
    {
        double gradient = parameter.Gradient[i] + weightDecay * parameter.Values[i];
        double[] velocity = State(parameter, "velocity");
        velocity[i] = Steps == 1 ? gradient : momentum * velocity[i] + gradient;
        parameter.Values[i] -= learningRate * (nesterov ? gradient + momentum * velocity[i] : momentum == 0 ? gradient : velocity[i]);
    }
}

/// <summary>Adam (Kingma and Ba 2015); the weight decay is L2, or decoupled as in AdamW (Loshchilov and Hutter 2019).</summary>
internal sealed class ReferenceAdam(
    double learningRate, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0, bool decoupled = false)
    : ReferenceOptimizer
{
    protected override void Update(ReferenceParameter parameter, int i)
    {
        double gradient = parameter.Gradient[i];
        if (decoupled)
            parameter.Values[i] *= 1 - learningRate * weightDecay;
        else
            gradient += weightDecay * parameter.Values[i];
        double[] mean = State(parameter, "mean");
        double[] square = State(parameter, "square");
        mean[i] = beta1 * mean[i] + (1 - beta1) * gradient;
        square[i] = beta2 * square[i] + (1 - beta2) * gradient * gradient;
        double correctedMean = mean[i] / (1 - Math.Pow(beta1, Steps));
        double correctedSquare = square[i] / (1 - Math.Pow(beta2, Steps));
        parameter.Values[i] -= learningRate * correctedMean / (Math.Sqrt(correctedSquare) + epsilon);
    }
}
