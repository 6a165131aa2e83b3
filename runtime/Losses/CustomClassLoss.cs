using System.Numerics.Tensors;

namespace NetGen;

/// <summary>A loss of the user's own that compares outputs, one for each class, with a class label.</summary>
/// <remarks>A hinge loss, for example:
/// <code>
/// sealed class Hinge() : CustomClassLoss(OutputForm.Raw)
/// {
///     protected override double Evaluate(ReadOnlySpan&lt;float&gt; outputs, int label, Span&lt;float&gt; gradient)
///     {
///         double sum = 0;
///         for (int i = 0; i &lt; outputs.Length; i++)
///         {
///             float margin = 1 + outputs[i] - outputs[label];
///             if (i == label || margin &lt;= 0)
///                 continue;
///             sum += margin;
///             gradient[i] += 1;
///             gradient[label] -= 1;
///         }
///         return sum;
///     }
/// }
/// </code>
/// </remarks>
/// <param name="expects">The last layers that it goes with; a trainer refuses a network that ends otherwise.</param>
public abstract class CustomClassLoss(OutputForm expects = OutputForm.Any) : CustomLoss(expects)
{
    /// <inheritdoc/>
    public sealed override bool TakesLabels => true;

    internal sealed override int Decisions(Shape outputs) => 1;

    /// <summary>The loss of one sample. Called on several threads at a time.</summary>
    /// <param name="outputs">The sample's outputs.</param>
    /// <param name="label">Its class, from 0 to below the number of outputs.</param>
    /// <param name="gradient">Where the derivative of this loss with respect to each output goes; 0 at first.</param>
    /// <returns>The loss, of which a batch's mean is taken.</returns>
    protected abstract double Evaluate(ReadOnlySpan<float> outputs, int label, Span<float> gradient);

    private protected sealed override double Evaluate(in LossRows rows, nint n, ReadOnlySpan<float> outputs, Span<float> gradient, ref long correct)
    {
        int label = rows.Label(n), largest = TensorPrimitives.IndexOfMax(outputs);
        if (largest == label && !float.IsNaN(outputs[largest]))
            correct++;
        return Evaluate(outputs, label, gradient);
    }
}
