using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen;

/// <summary>A loss of the user's own that compares outputs with as many targets.</summary>
/// <remarks>Log-cosh, for example:
/// <code>
/// sealed class LogCosh() : CustomValueLoss(OutputForm.Raw)
/// {
///     protected override double Evaluate(ReadOnlySpan&lt;float&gt; outputs, ReadOnlySpan&lt;float&gt; targets, Span&lt;float&gt; gradient)
///     {
///         double sum = 0;
///         for (int i = 0; i &lt; outputs.Length; i++)
///         {
///             double difference = outputs[i] - targets[i];
///             sum += Math.Log(Math.Cosh(difference));
///             gradient[i] = (float)Math.Tanh(difference);
///         }
///         return sum;
///     }
/// }
/// </code>
/// </remarks>
/// <param name="expects">The last layers that it goes with; a trainer refuses a network that ends otherwise.</param>
public abstract class CustomValueLoss(OutputForm expects = OutputForm.Any) : CustomLoss(expects)
{
    /// <inheritdoc/>
    public sealed override bool TakesLabels => false;

    internal sealed override int Decisions(Shape outputs) => 0;

    /// <summary>The loss of one sample. Called on several threads at a time.</summary>
    /// <param name="outputs">The sample's outputs.</param>
    /// <param name="targets">What they should be.</param>
    /// <param name="gradient">Where the derivative of this loss with respect to each output goes; 0 at first.</param>
    /// <returns>The loss, of which a batch's mean is taken.</returns>
    protected abstract double Evaluate(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradient);

    private protected sealed override double Evaluate(in LossRows rows, nint n, ReadOnlySpan<float> outputs, Span<float> gradient, ref long correct) =>
        Evaluate(outputs, MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref rows.Targets, n * rows.Size), rows.Size), gradient);
}
