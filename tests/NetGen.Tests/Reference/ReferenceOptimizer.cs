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
            Update(parameter);
    }

    /// <summary>Updates all values of a parameter.</summary>
    protected virtual void Update(ReferenceParameter parameter)
    {
        for (var i = 0; i < parameter.Values.Length; i++)
            Update(parameter, i);
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
internal class ReferenceAdam(
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

/// <summary>Lion (Chen et al. 2023, algorithm 2).</summary>
internal sealed class ReferenceLion(double learningRate, double beta1 = 0.9, double beta2 = 0.99, double weightDecay = 0) : ReferenceOptimizer
{
    protected override void Update(ReferenceParameter parameter, int i)
    {
        double gradient = parameter.Gradient[i];
        double[] mean = State(parameter, "mean");
        double direction = Math.Sign(beta1 * mean[i] + (1 - beta1) * gradient);
        parameter.Values[i] -= learningRate * (direction + weightDecay * parameter.Values[i]);
        mean[i] = beta2 * mean[i] + (1 - beta2) * gradient;
    }
}

/// <summary>Muon (Jordan et al. 2024, with the scale and the weight decay of Liu et al. 2025) for matrices, AdamW for the rest.</summary>
internal sealed class ReferenceMuon(double learningRate, double momentum = 0.95, double weightDecay = 0.1, bool nesterov = true, int iterations = 5)
    : ReferenceAdam(learningRate, 0.9, 0.95, 1e-8, weightDecay, decoupled: true)
{
    private readonly double rate = learningRate;
    private readonly double decay = weightDecay;

    protected override void Update(ReferenceParameter parameter)
    {
        if (parameter.Spec.Shape.Length < 2)
        {
            base.Update(parameter);
            return;
        }
        int rows = parameter.Spec.Shape[0], columns = parameter.Values.Length / rows;
        double[] mean = State(parameter, "mean");
        var x = new double[rows, columns];
        double norm = 0;
        for (var i = 0; i < mean.Length; i++)
        {
            double gradient = parameter.Gradient[i];
            mean[i] = momentum * mean[i] + (1 - momentum) * gradient;
            double update = nesterov ? momentum * mean[i] + (1 - momentum) * gradient : mean[i];
            x[i / columns, i % columns] = update;
            norm += update * update;
        }
        x = Combine(x, 1 / Math.Max(Math.Sqrt(norm), 1e-7), x, 0);
        bool isTall = rows > columns;
        x = isTall ? Transposed(x) : x;
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            double[,] a = Product(x, Transposed(x));
            x = Combine(x, 3.4445, Product(Combine(a, -4.7750, Product(a, a), 2.0315), x), 1);
        }
        x = isTall ? Transposed(x) : x;
        for (var i = 0; i < mean.Length; i++)
        {
            parameter.Values[i] *= 1 - rate * decay;
            parameter.Values[i] -= rate * 0.2 * Math.Sqrt(Math.Max(rows, columns)) * x[i / columns, i % columns];
        }
    }

    private static double[,] Transposed(double[,] x)
    {
        var result = new double[x.GetLength(1), x.GetLength(0)];
        for (var i = 0; i < x.GetLength(0); i++)
        {
            for (var j = 0; j < x.GetLength(1); j++)
                result[j, i] = x[i, j];
        }
        return result;
    }

    private static double[,] Product(double[,] x, double[,] y)
    {
        var result = new double[x.GetLength(0), y.GetLength(1)];
        for (var i = 0; i < x.GetLength(0); i++)
        {
            for (var k = 0; k < x.GetLength(1); k++)
            {
                for (var j = 0; j < y.GetLength(1); j++)
                    result[i, j] += x[i, k] * y[k, j];
            }
        }
        return result;
    }

    private static double[,] Combine(double[,] x, double a, double[,] y, double b)
    {
        var result = new double[x.GetLength(0), x.GetLength(1)];
        for (var i = 0; i < x.GetLength(0); i++)
        {
            for (var j = 0; j < x.GetLength(1); j++)
                result[i, j] = a * x[i, j] + b * y[i, j];
        }
        return result;
    }
}
