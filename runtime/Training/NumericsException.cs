using System.Globalization;

namespace NetGen;

/// <summary>What was first not a finite number in a training step.</summary>
public enum NumericsOrigin
{
    /// <summary>A value of the samples.</summary>
    Input,

    /// <summary>A parameter or running statistic, before the step.</summary>
    Parameter,

    /// <summary>A layer's output.</summary>
    Activation,

    /// <summary>The loss, of outputs that are all finite.</summary>
    Loss,

    /// <summary>A parameter's gradient, of a finite loss.</summary>
    Gradient,

    /// <summary>A parameter after the step, of a finite gradient.</summary>
    Update,
}

/// <summary>
/// A training step has come to a number that is not finite: infinite or not-a-number. Thrown where <see cref="Trainer.DetectAnomaly"/> is on; but for <see cref="NumericsOrigin.Update"/>
/// the network and its optimizer are as they were before the step, which does not count.
/// </summary>
public sealed class NumericsException : Exception
{
    internal NumericsException(string trainer, NumericsOrigin origin, string name, string what, float value, int step)
        : base(string.Create(
            CultureInfo.InvariantCulture,
            $"{trainer}: in step {step}, {what} is {value}: the first number that is not finite. Lower the learning rate, clip gradients, or look for such values in the data."))
    {
        Origin = origin;
        Name = name;
        Value = value;
        Step = step;
    }

    /// <summary>What it was.</summary>
    public NumericsOrigin Origin { get; }

    /// <summary>The layer's name, such as <c>conv2</c>, or the parameter's, such as <c>conv2.weight</c>; empty of inputs and losses.</summary>
    public string Name { get; }

    /// <summary>The number.</summary>
    public float Value { get; }

    /// <summary>Number of the step among those of the trainer, from 1.</summary>
    public int Step { get; }
}
