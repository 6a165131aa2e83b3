using System.Numerics.Tensors;
using NetGen;

namespace ExplainSample;

/// <summary>What is asked of a network that knows digits, [1, 28, 28], normalised as MNIST is.</summary>
internal static class Digits
{
    public const int Side = 28, Area = Side * Side, Classes = 10;

    /// <summary>What black, white and the whole way from one to the other are among normalised values.</summary>
    public const float Black = -Mnist.Mean / Mnist.Std, White = (1 - Mnist.Mean) / Mnist.Std, Range = White - Black;

    /// <summary>The gradient of each sample's cross-entropy with respect to its pixels.</summary>
    public static float[] LossGradient(NetworkPass pass, ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels)
    {
        pass.Forward(inputs);
        Span<float> gradient = pass.OutputGradient;
        for (int i = 0; i < labels.Length; i++)
        {
            Span<float> row = gradient.Slice(i * Classes, Classes);
            TensorPrimitives.SoftMax(pass.Output.Slice(i * Classes, Classes), row);
            row[labels[i]] -= 1;
        }
        pass.Backward();
        return pass.InputGradient.ToArray();
    }

    /// <summary>The gradient of one sample's output for a class with respect to its pixels.</summary>
    public static float[] ClassGradient(NetworkPass pass, ReadOnlySpan<float> input, int label)
    {
        pass.Forward(input);
        pass.OutputGradient[label] = 1;
        pass.Backward();
        return pass.InputGradient.ToArray();
    }

    /// <summary>
    /// Pixels changed by no more than ε of the way from black to white each so that the loss grows: in one step of ε along the gradient's sign (Goodfellow et al., 2015), or in several
    /// smaller ones, each brought back to within ε (Madry et al., 2018).
    /// </summary>
    /// <param name="pass">A pass of the network.</param>
    /// <param name="data">The samples.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="steps">How many.</param>
    /// <param name="restarts">How often it is tried again, from somewhere within ε, with those that are still taken for what they are.</param>
    public static float[] Attack(NetworkPass pass, DataSet data, float epsilon, int steps, int restarts = 0)
    {
        float[] changed = Climb(pass, data, data.Inputs.ToArray(), epsilon, steps);
        var random = new Random(1);
        for (int again = 0; again < restarts; again++)
        {
            float[] start = [.. data.Inputs.ToArray().Select(value => Math.Clamp(value + (((2 * random.NextSingle()) - 1) * epsilon * Range), Black, White))];
            float[] other = Climb(pass, data, start, epsilon, steps);
            bool[] isRight = AreRight(pass, data, changed);
            for (int n = 0; n < data.Count; n++)
            {
                if (isRight[n])
                    other.AsSpan(n * Area, Area).CopyTo(changed.AsSpan(n * Area, Area));
            }
        }
        return changed;
    }

    /// <summary>Which pictures are taken for what they are.</summary>
    private static bool[] AreRight(NetworkPass pass, DataSet data, float[] inputs)
    {
        var isRight = new bool[data.Count];
        for (int start = 0; start < data.Count; start += pass.BatchSize)
        {
            int count = Math.Min(pass.BatchSize, data.Count - start);
            pass.Forward(inputs.AsSpan(start * Area, count * Area));
            for (int i = 0; i < count; i++)
                isRight[start + i] = TensorPrimitives.IndexOfMax(pass.Output.Slice(i * Classes, Classes)) == data.Labels[start + i];
        }
        return isRight;
    }

    private static float[] Climb(NetworkPass pass, DataSet data, float[] changed, float epsilon, int steps)
    {
        float most = epsilon * Range, step = steps == 1 ? most : 2.5f * most / steps;
        for (int i = 0; i < steps; i++)
        {
            for (int start = 0; start < data.Count; start += pass.BatchSize)
            {
                int count = Math.Min(pass.BatchSize, data.Count - start);
                Span<float> part = changed.AsSpan(start * Area, count * Area);
                float[] gradient = LossGradient(pass, part, data.Labels.Slice(start, count));
                for (int pixel = 0; pixel < part.Length; pixel++)
                {
                    float original = data.Inputs[(start * Area) + pixel];
                    part[pixel] = Math.Clamp(part[pixel] + (step * Math.Sign(gradient[pixel])), Math.Max(Black, original - most), Math.Min(White, original + most));
                }
            }
        }
        return changed;
    }

    /// <summary>A picture for which a class's output is large, climbed to from faint noise; regularised it is jittered, blurred and faded on the way.</summary>
    public static float[] Dream(NetworkPass pass, int label, bool isRegularised, Random random)
    {
        float[] picture = [.. Enumerable.Range(0, Area).Select(_ => Black + (0.1f * Range * random.NextSingle()))];
        for (int step = 0; step < 200; step++)
        {
            (int right, int down) = isRegularised ? (random.Next(-2, 3), random.Next(-2, 3)) : (0, 0);
            float[] gradient = Moved(ClassGradient(pass, Moved(picture, right, down), label), -right, -down);
            float length = TensorPrimitives.Norm<float>(gradient) + 1e-9f;
            for (int i = 0; i < Area; i++)
                picture[i] = Math.Clamp(Black + ((isRegularised ? 0.99f : 1) * (picture[i] + (0.5f * Range * gradient[i] / length) - Black)), Black, White);
            if (isRegularised && step % 8 == 7)
                picture = Blurred(picture);
        }
        return picture;
    }

    /// <summary>How much neighbouring pixels differ, in the mean.</summary>
    public static double Roughness(ReadOnlySpan<float> picture)
    {
        double sum = 0;
        for (int i = 0; i + Side < Area; i++)
            sum += Math.Abs(picture[i] - picture[i + 1]) + Math.Abs(picture[i] - picture[i + Side]);
        return sum / Area / Range;
    }

    private static float[] Moved(float[] picture, int right, int down) => [.. Enumerable.Range(0, Area).Select(i =>
        picture[(((i / Side) - down + Side) % Side * Side) + (((i % Side) - right + Side) % Side)])];

    private static float[] Blurred(float[] picture) => [.. Enumerable.Range(0, Area).Select(i =>
    {
        float sum = 0;
        for (int tap = 0; tap < 9; tap++)
        {
            int y = (i / Side) + (tap / 3) - 1, x = (i % Side) + (tap % 3) - 1;
            sum += (y is >= 0 and < Side && x is >= 0 and < Side ? picture[(y * Side) + x] : Black) * (1 + (tap / 3 % 2)) * (1 + (tap % 3 % 2)) / 16;
        }
        return sum;
    })];
}
