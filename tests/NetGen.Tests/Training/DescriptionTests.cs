using System.Reflection;

namespace NetGen.Tests.Training;

/// <summary>
/// The library's losses and optimizers as data: plain loops in double precision that know nothing but a description come to what the loss or the
/// optimizer computes. So whoever runs them elsewhere needs nothing else.
/// </summary>
public sealed class DescriptionTests
{
    private const int Outputs = 21, Channels = 7, Pixels = 3, Rows = 13, Steps = 8;

    private static readonly double[] Weights = [.. Enumerable.Range(0, Outputs).Select(i => 0.5 + (i % 4))];

    private static readonly Dictionary<string, Loss> Losses = new()
    {
        ["Loss.CrossEntropy"] = Loss.CrossEntropy,
        ["Loss.CrossEntropy(labelSmoothing: 0.1)"] = Loss.SmoothedCrossEntropy(0.1),
        ["Loss.CrossEntropy(labelSmoothing: 0.2, 21 weights)"] = Loss.WeightedCrossEntropy(Weights, 0.2),
        ["Loss.NegativeLogLikelihood"] = Loss.NegativeLogLikelihood,
        ["Loss.NegativeLogLikelihood(21 weights)"] = Loss.WeightedNegativeLogLikelihood(Weights),
        ["Loss.BinaryCrossEntropy"] = Loss.BinaryCrossEntropy,
        ["Loss.BinaryCrossEntropy(1 posWeight)"] = Loss.WeightedBinaryCrossEntropy([3]),
        ["Loss.BinaryCrossEntropy(21 weights, 1 posWeight)"] = Loss.WeightedBinaryCrossEntropy([3], Weights),
        ["Loss.MeanSquaredError"] = Loss.MeanSquaredError,
        ["Loss.L1"] = Loss.L1,
        ["Loss.Huber(delta: 0.75)"] = Loss.Huber(0.75),
        ["Loss.CrossEntropy(ignoreIndex: 3)"] = Loss.SmoothedCrossEntropy(0, ignoreIndex: 3),
        ["Loss.CrossEntropy(labelSmoothing: 0.1, ignoreIndex: 3, 21 weights)"] = Loss.WeightedCrossEntropy(Weights, 0.1, 3),
        ["Loss.PixelCrossEntropy(ignoreIndex: 5)"] = Loss.PixelCrossEntropy(ignoreIndex: 5),
        ["Loss.PixelCrossEntropy(labelSmoothing: 0.1, 7 weights)"] = Loss.PixelCrossEntropy(Weights.AsSpan(0, Channels), 0.1),
        ["Loss.Hinge(margin: 1)"] = Loss.Hinge(),
        ["Loss.Hinge(margin: 0.5, squared: true)"] = Loss.Hinge(0.5, squared: true),
        ["Loss.Focal(alpha: 0.25, gamma: 2)"] = Loss.Focal(),
        ["Loss.Dice(smooth: 0.5)"] = Loss.Dice(0.5),
    };

    private static readonly Dictionary<string, Func<Optimizer>> Optimizers = new()
    {
        ["SGD"] = () => new SGD(0.05),
        ["SGD(weightDecay: 0.1)"] = () => new SGD(0.05, weightDecay: 0.1),
        ["SGD(momentum: 0.9, dampening: 0.5, weightDecay: 0.1)"] = () => new SGD(0.05, 0.9, 0.1, dampening: 0.5),
        ["SGD(momentum: 0.9, nesterov: true)"] = () => new SGD(0.05, 0.9, nesterov: true),
        ["Adam(beta1: 0.9, beta2: 0.999, eps: 1E-08)"] = () => new Adam(0.02),
        ["Adam(beta1: 0.8, beta2: 0.99, eps: 0.001, weightDecay: 0.1)"] = () => new Adam(0.02, 0.8, 0.99, 1e-3, 0.1),
        ["AdamW(beta1: 0.8, beta2: 0.99, eps: 0.001, weightDecay: 0.3)"] = () => new AdamW(0.02, 0.8, 0.99, 1e-3, 0.3),
        ["RMSprop(alpha: 0.9, eps: 0.01)"] = () => new RMSprop(0.02, 0.9, 0.01),
        ["RMSprop(momentum: 0.5, alpha: 0.9, eps: 0.01, weightDecay: 0.1)"] = () => new RMSprop(0.02, 0.9, 0.01, 0.1, 0.5),
        ["RMSprop(momentum: 0.5, alpha: 0.9, centered: true, eps: 0.01)"] = () => new RMSprop(0.02, 0.9, 0.01, momentum: 0.5, centered: true),
        ["Adagrad(learningRateDecay: 0.1, initialAccumulator: 0.5, eps: 1E-10, weightDecay: 0.1)"] = () => new Adagrad(0.02, 0.1, 0.1, 0.5),
        ["Lion(beta1: 0.9, beta2: 0.99, weightDecay: 0.1)"] = () => new Lion(0.01, weightDecay: 0.1),
        ["Muon(momentum: 0.95, nesterov: true, beta1: 0.9, beta2: 0.95, iterations: 5, eps: 1E-08, weightDecay: 0.1)"] = () => new Muon(0.01),
        ["SGD(clipValue: 0.25)"] = () => new SGD(0.05) { ClipValue = 0.25 },
        ["Lion(beta1: 0.9, beta2: 0.99, clipNorm: 0.5)"] = () => new Lion(0.01) { ClipNorm = 0.5 },
    };

    public static TheoryData<string> LossNames => [.. Losses.Keys];

    public static TheoryData<string> OptimizerNames => [.. Optimizers.Keys];

    [Theory]
    [MemberData(nameof(LossNames))]
    public void ALossIsWhatItsDescriptionSays(string name)
    {
        Loss loss = Losses[name];
        loss.ToString().ShouldBe(name);
        LossDescription description = loss.Description.ShouldNotBeNull();
        float[] outputs = TrainerTests.Floats(Reference.Filler.Values(1, Rows * Outputs)), targets = [];
        int[] labels = loss.TakesLabels ? Reference.Filler.Labels(2, Rows, Outputs) : [];
        if (!loss.TakesLabels)
            targets = [.. Reference.Filler.Values(3, Rows * Outputs).Select(value => (float)(description.Kind is LossKind.BinaryCrossEntropy or LossKind.Focal or LossKind.Dice ? Math.Abs(value) % 1 : value))];
        if (description.Kind == LossKind.PixelCrossEntropy)
            targets = [.. Reference.Filler.Labels(2, Rows * Pixels, Channels).Select(label => (float)label)];
        double total = loss.TotalWeight(labels, [], Rows, targets);
        LossTally tally = LossTests.Evaluate(loss, Outputs, outputs, labels, targets, out float[] gradient, total: total, channels: Channels);

        double sum = 0;
        for (var n = 0; n < Rows; n++)
        {
            double[] row = [.. outputs.AsSpan(n * Outputs, Outputs).ToArray().Select(x => (double)x)];
            double[] slopes = new double[Outputs];
            sum += loss.TakesLabels
                ? OfClass(description, row, labels[n], slopes)
                : description.Kind == LossKind.PixelCrossEntropy ? OfPixels(description, row, targets.AsSpan(n * Pixels, Pixels), slopes)
                : description.Kind == LossKind.Dice ? OfAreas(description, row, targets.AsSpan(n * Outputs, Outputs), slopes)
                : OfValues(description, row, targets.AsSpan(n * Outputs, Outputs), slopes);
            for (var i = 0; i < Outputs; i++)
                ((double)gradient[(n * 32) + i]).ShouldBe(slopes[i] / total, 1e-6, $"row {n}, output {i}");
        }
        tally.Sum.ShouldBe(sum, 1e-5 * Math.Max(1, Math.Abs(sum)));
    }

    [Theory]
    [MemberData(nameof(OptimizerNames))]
    public void AnOptimizerDoesWhatItsDescriptionSays(string name)
    {
        Optimizer optimizer = Optimizers[name]();
        optimizer.ToString().ShouldBe(name);
        OptimizerDescription description = optimizer.Description.ShouldNotBeNull();
        var net = new TestNetwork(new PerceptronProgram(4, Outputs, grouped: true));
        Parameter bias = net.Parameters["linear1.bias"];
        double[] values = [.. bias.Values.ToArray().Select(value => (double)value)], first = new double[Outputs], second = new double[Outputs], third = new double[Outputs];
        for (var step = 1; step <= Steps; step++)
        {
            float[] gradient = TrainerTests.Floats(Reference.Filler.Values((uint)step, Outputs));
            net.Parameters["linear1.weight"].Gradient.Fill(0);
            bias.Gradient.Assign(gradient);
            optimizer.LearningRate *= 0.9;
            optimizer.Step(net);
            double[] clipped = [.. gradient.Select(g => description.ClipValue == 0 ? g : Math.Clamp(g, -description.ClipValue, description.ClipValue))];
            double norm = Math.Sqrt(clipped.Sum(g => g * g)), factor = description.ClipNorm == 0 ? 1 : Math.Min(1, description.ClipNorm / norm);
            for (var i = 0; i < Outputs; i++)
                Update(description, optimizer.LearningRate, step, factor * clipped[i], ref values[i], ref first[i], ref second[i], ref third[i]);
        }
        for (var i = 0; i < Outputs; i++)
            ((double)bias.Values[i]).ShouldBe(values[i], 3e-6 * Math.Max(1, Math.Abs(values[i])), $"value {i}");
    }

    [Fact]
    public void EveryLossAndOptimizerOfTheLibraryIsThere()
    {
        Losses.Values.Select(loss => loss.Description!.Kind).Distinct().ShouldBe(Enum.GetValues<LossKind>());
        Type[] classes = [.. typeof(Optimizer).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Optimizer)) && !type.IsAbstract)];
        classes.ShouldBe(Optimizers.Values.Select(make => make().GetType()).Distinct(), ignoreOrder: true);
        classes.Select(type => type.Name).ShouldBe(Enum.GetNames<OptimizerKind>(), ignoreOrder: true);
        // Whatever the public factories give has a description.
        MethodInfo[] factories = [.. typeof(Loss).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => method.ReturnType == typeof(Loss))];
        factories.Length.ShouldBe(14);
        factories.ShouldAllBe(factory => Enum.GetNames<LossKind>().Any(kind => factory.Name.EndsWith(kind, StringComparison.Ordinal)));
    }

    [Fact]
    public void ThoseOfTheUsersHaveNoneAndGoByTheirClass()
    {
        new Halving().Description.ShouldBeNull();
        new Halving().ToString().ShouldBe("Halving");
        new Distance().Description.ShouldBeNull();
        new Distance().ToString().ShouldBe("Distance");
    }

    private static double OfClass(LossDescription loss, double[] row, int label, double[] slopes)
    {
        double Weight(int c) => loss.Weight.Length == 0 ? 1 : loss.Weight[loss.Weight.Length == 1 ? 0 : c];
        if (loss.Kind == LossKind.NegativeLogLikelihood)
        {
            slopes[label] = -Weight(label);
            return -Weight(label) * row[label];
        }
        if (loss.Kind == LossKind.Hinge)
        {
            double hinge = 0;
            for (var c = 0; c < row.Length; c++)
            {
                double within = Math.Max(0, loss.Margin - row[label] + row[c]);
                if (c == label || within == 0)
                    continue;
                hinge += (loss.Squared ? within * within : within) / row.Length;
                slopes[c] += (loss.Squared ? 2 * within : 1) / row.Length;
                slopes[label] -= (loss.Squared ? 2 * within : 1) / row.Length;
            }
            return hinge;
        }
        if (label == loss.IgnoreIndex)
            return 0;
        double logSum = Math.Log(row.Sum(Math.Exp)), sum = 0, all = 0;
        double[] wanted = [.. Enumerable.Range(0, row.Length).Select(c => Weight(c) * (((c == label ? 1 : 0) * (1 - loss.LabelSmoothing)) + (loss.LabelSmoothing / row.Length)))];
        for (var c = 0; c < row.Length; c++)
        {
            sum -= wanted[c] * (row[c] - logSum);
            all += wanted[c];
        }
        for (var c = 0; c < row.Length; c++)
            slopes[c] = (all * Math.Exp(row[c] - logSum)) - wanted[c];
        return sum;
    }

    private static double OfPixels(LossDescription loss, double[] row, ReadOnlySpan<float> targets, double[] slopes)
    {
        double sum = 0;
        for (var pixel = 0; pixel < Pixels; pixel++)
        {
            double[] channels = [.. Enumerable.Range(0, Channels).Select(c => row[(c * Pixels) + pixel])], own = new double[Channels];
            sum += OfClass(loss, channels, (int)targets[pixel], own);
            for (var c = 0; c < Channels; c++)
                slopes[(c * Pixels) + pixel] = own[c];
        }
        return sum;
    }

    private static double OfAreas(LossDescription loss, double[] row, ReadOnlySpan<float> targets, double[] slopes)
    {
        double sum = 0;
        for (var first = 0; first < row.Length; first += Pixels)
        {
            double overlap = 0, areas = 0;
            for (int i = first; i < first + Pixels; i++)
            {
                double p = 1 / (1 + Math.Exp(-row[i]));
                overlap += p * targets[i];
                areas += p + targets[i];
            }
            sum += (1 - (((2 * overlap) + loss.Smooth) / (areas + loss.Smooth))) / Channels;
            for (int i = first; i < first + Pixels; i++)
            {
                double p = 1 / (1 + Math.Exp(-row[i])), whole = areas + loss.Smooth;
                slopes[i] = ((((2 * overlap) + loss.Smooth) / (whole * whole)) - (2 * targets[i] / whole)) * p * (1 - p) / Channels;
            }
        }
        return sum;
    }

    private static double OfValues(LossDescription loss, double[] row, ReadOnlySpan<float> targets, double[] slopes)
    {
        double sum = 0;
        for (var i = 0; i < row.Length; i++)
        {
            double x = row[i], t = targets[i], d = x - t, sigmoid = 1 / (1 + Math.Exp(-x));
            double weight = loss.Weight.Length == 0 ? 1 : loss.Weight[loss.Weight.Length == 1 ? 0 : i];
            double yes = loss.PosWeight.Length == 0 ? 1 : loss.PosWeight[loss.PosWeight.Length == 1 ? 0 : i];
            (double value, slopes[i]) = loss.Kind switch
            {
                LossKind.MeanSquaredError => (d * d, 2 * d),
                LossKind.L1 => (Math.Abs(d), Math.Sign(d)),
                LossKind.Huber => Math.Abs(d) <= loss.Delta ? (d * d / 2, d) : (loss.Delta * (Math.Abs(d) - (loss.Delta / 2)), loss.Delta * Math.Sign(d)),
                LossKind.BinaryCrossEntropy => (
                    weight * (-(yes * t * Math.Log(sigmoid)) - ((1 - t) * Math.Log(1 - sigmoid))),
                    weight * (((1 - t) * sigmoid) - (yes * t * (1 - sigmoid)))),
                LossKind.Focal => (
                    -(loss.Alpha * t * Math.Pow(1 - sigmoid, loss.Gamma) * Math.Log(sigmoid)) - ((1 - loss.Alpha) * (1 - t) * Math.Pow(sigmoid, loss.Gamma) * Math.Log(1 - sigmoid)),
                    ((1 - loss.Alpha) * (1 - t) * Math.Pow(sigmoid, loss.Gamma) * (sigmoid - (loss.Gamma * (1 - sigmoid) * Math.Log(1 - sigmoid))))
                        - (loss.Alpha * t * Math.Pow(1 - sigmoid, loss.Gamma) * (1 - sigmoid - (loss.Gamma * sigmoid * Math.Log(sigmoid))))),
                _ => throw new InvalidOperationException($"{loss.Kind} is not of values."),
            };
            sum += value / row.Length;
            slopes[i] /= row.Length;
        }
        return sum;
    }

    private static void Update(OptimizerDescription optimizer, double rate, int step, double gradient, ref double value, ref double first, ref double second, ref double third)
    {
        if (optimizer.Kind is OptimizerKind.AdamW or OptimizerKind.Lion or OptimizerKind.Muon)
            value *= 1 - (rate * optimizer.WeightDecay);
        else
            gradient += optimizer.WeightDecay * value;
        if (optimizer.Kind == OptimizerKind.SGD)
        {
            first = step == 1 ? gradient : (optimizer.Momentum * first) + ((1 - optimizer.Dampening) * gradient);
            value -= rate * (optimizer.Momentum == 0 ? gradient : optimizer.Nesterov ? gradient + (optimizer.Momentum * first) : first);
            return;
        }
        if (optimizer.Kind == OptimizerKind.RMSprop)
        {
            first = (optimizer.Alpha * first) + ((1 - optimizer.Alpha) * gradient * gradient);
            second = (optimizer.Alpha * second) + ((1 - optimizer.Alpha) * gradient);
            third = (optimizer.Momentum * third) + (gradient / (Math.Sqrt(first - (optimizer.Centered ? second * second : 0)) + optimizer.Eps));
            value -= rate * third;
            return;
        }
        if (optimizer.Kind == OptimizerKind.Adagrad)
        {
            first += gradient * gradient;
            value -= rate / (1 + ((step - 1) * optimizer.LearningRateDecay)) * gradient / (Math.Sqrt(first + optimizer.InitialAccumulator) + optimizer.Eps);
            return;
        }
        if (optimizer.Kind == OptimizerKind.Lion)
        {
            value -= rate * Math.Sign((optimizer.Beta1 * first) + ((1 - optimizer.Beta1) * gradient));
            first = (optimizer.Beta2 * first) + ((1 - optimizer.Beta2) * gradient);
            return;
        }
        first = (optimizer.Beta1 * first) + ((1 - optimizer.Beta1) * gradient);
        second = (optimizer.Beta2 * second) + ((1 - optimizer.Beta2) * gradient * gradient);
        double mean = first / (1 - Math.Pow(optimizer.Beta1, step)), square = second / (1 - Math.Pow(optimizer.Beta2, step));
        value -= rate * mean / (Math.Sqrt(square) + optimizer.Eps);
    }

    private sealed class Halving() : Optimizer(1)
    {
        protected override int StateCount => 0;

        protected override void Update(in ParameterSlice slice)
        {
        }
    }

    private sealed class Distance : CustomValueLoss
    {
        protected override double Evaluate(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradient) => 0;
    }
}
