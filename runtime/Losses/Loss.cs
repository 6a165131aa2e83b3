namespace NetGen;

/// <summary>What training makes small: a number for each sample, of which a batch's mean is taken, as PyTorch's <c>reduction="mean"</c> does.</summary>
/// <remarks>For any other function of the outputs use <see cref="NetworkPass.OutputGradient"/>.</remarks>
public abstract class Loss
{
    private protected Loss()
    {
    }

    /// <summary>
    /// <c>−log softmax(x)[label]</c> of outputs without a softmax layer. PyTorch's <c>nn.CrossEntropyLoss</c>.
    /// </summary>
    public static Loss CrossEntropy { get; } = new CrossEntropyLoss(0);

    /// <summary><c>−x[label]</c> of log-probabilities, as <see cref="LogSoftmaxAttribute"/> gives them. PyTorch's <c>nn.NLLLoss</c>.</summary>
    public static Loss NegativeLogLikelihood { get; } = new NegativeLogLikelihoodLoss();

    /// <summary><c>Σ(x − target)² / outputs</c>. PyTorch's <c>nn.MSELoss</c>.</summary>
    public static Loss MeanSquaredError { get; } = new MeanSquaredErrorLoss();

    /// <summary>Whether it compares outputs with class labels; otherwise with values.</summary>
    public abstract bool TakesLabels { get; }

    /// <summary>
    /// Cross-entropy with a part of every label spread evenly over all classes (Szegedy et al., 2016, arXiv:1512.00567).
    /// PyTorch's <c>nn.CrossEntropyLoss(label_smoothing=…)</c>.
    /// </summary>
    /// <param name="labelSmoothing">The part that is spread, in [0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">The part lies outside [0, 1).</exception>
    public static Loss SmoothedCrossEntropy(float labelSmoothing) => new CrossEntropyLoss(Check.Fraction(labelSmoothing));

    /// <summary>Computes the losses of some rows, and their gradients where wanted, with 0 in the lanes from Size to Stride.</summary>
    internal abstract LossTally Evaluate(in LossRows rows);
}
