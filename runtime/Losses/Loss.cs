using NetGen.Engine;

namespace NetGen;

/// <summary>What training makes small: a number for each sample, of which a batch's mean is taken, as PyTorch's <c>reduction="mean"</c> does.</summary>
/// <remarks>
/// For a loss of one's own derive from <see cref="CustomClassLoss"/> or <see cref="CustomValueLoss"/>; for a function of all samples together use
/// <see cref="NetworkPass.OutputGradient"/>. Where samples have weights (<see cref="DataSet.WithWeights"/>), the mean is Σ weight·loss / Σ weight.
/// </remarks>
public abstract class Loss
{
    private protected Loss()
    {
    }

    /// <summary>
    /// <c>−log softmax(x)[label]</c> of two or more outputs without a softmax layer. PyTorch's <c>nn.CrossEntropyLoss</c>. A last
    /// <see cref="LogSoftmaxAttribute"/> does no harm, for the logarithm of a softmax of logarithms of probabilities is itself.
    /// </summary>
    public static Loss CrossEntropy { get; } = new CrossEntropyLoss(LossWeights.None, 0);

    /// <summary><c>−x[label]</c> of log-probabilities, as <see cref="LogSoftmaxAttribute"/> gives them. PyTorch's <c>nn.NLLLoss</c>.</summary>
    public static Loss NegativeLogLikelihood { get; } = new NegativeLogLikelihoodLoss(LossWeights.None);

    /// <summary>
    /// <c>−t·log σ(x) − (1 − t)·log(1 − σ(x))</c>, averaged over a sample's outputs, which are without a sigmoid layer: a yes or no at each of
    /// them, with targets in [0, 1]. PyTorch's <c>nn.BCEWithLogitsLoss</c>. With one output the targets may be class labels 0 and 1.
    /// </summary>
    public static Loss BinaryCrossEntropy { get; } = new BinaryCrossEntropyLoss(LossWeights.None, LossWeights.None);

    /// <summary><c>Σ(x − target)² / outputs</c>. PyTorch's <c>nn.MSELoss</c>.</summary>
    public static Loss MeanSquaredError { get; } = new MeanSquaredErrorLoss();

    /// <summary><c>Σ|x − target| / outputs</c>, the mean absolute error. PyTorch's <c>nn.L1Loss</c>.</summary>
    public static Loss L1 { get; } = new L1Loss();

    /// <summary>Whether it compares outputs with class labels; otherwise with values.</summary>
    public abstract bool TakesLabels { get; }

    /// <summary>The last layers that it goes with: a trainer refuses a network that ends otherwise.</summary>
    public virtual OutputForm Expects => OutputForm.Any;

    /// <summary>
    /// Squares of small errors, absolute values of large ones: with d = |x − target|, <c>d²/2</c> up to delta and <c>delta·(d − delta/2)</c>
    /// beyond, averaged over a sample's outputs (Huber, 1964). PyTorch's <c>nn.HuberLoss</c>.
    /// </summary>
    /// <param name="delta">Where one becomes the other, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">Delta is not a finite number above 0.</exception>
    public static Loss Huber(double delta = 1) => new HuberLoss((float)Check.Positive(delta));

    /// <summary>
    /// Cross-entropy with a part of every label spread evenly over all classes (Szegedy et al., 2016, arXiv:1512.00567).
    /// PyTorch's <c>nn.CrossEntropyLoss(label_smoothing=…)</c>.
    /// </summary>
    /// <param name="labelSmoothing">The part that is spread, in [0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">The part lies outside [0, 1).</exception>
    /// <param name="ignoreIndex">A label that counts nothing, whether it is a class or not; null: all count. PyTorch's <c>ignore_index</c>.</param>
    public static Loss SmoothedCrossEntropy(double labelSmoothing, int? ignoreIndex = null) =>
        new CrossEntropyLoss(LossWeights.None, (float)Check.Fraction(labelSmoothing), ignoreIndex);

    /// <summary>
    /// Cross-entropy in which classes count differently: the mean of a batch is <c>Σ weight[label]·loss / Σ weight[label]</c>.
    /// PyTorch's <c>nn.CrossEntropyLoss(weight=…, label_smoothing=…)</c>.
    /// </summary>
    /// <param name="classWeights">A weight for each class, at least 0 and not all of them 0.</param>
    /// <param name="labelSmoothing">
    /// The part ε of every label that is spread: class c's share of it, ε/classes, counts <c>weight[c]</c>, as in PyTorch. In [0, 1).
    /// </param>
    /// <exception cref="ArgumentException">There is no weight, one is negative or not finite, or all are 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The part lies outside [0, 1).</exception>
    /// <param name="ignoreIndex">A label that counts nothing, whether it is a class or not; null: all count.</param>
    public static Loss WeightedCrossEntropy(ReadOnlySpan<double> classWeights, double labelSmoothing = 0, int? ignoreIndex = null) =>
        new CrossEntropyLoss(LossWeights.OfClasses(classWeights), (float)Check.Fraction(labelSmoothing), ignoreIndex);

    /// <summary>
    /// Cross-entropy at each pixel: outputs [classes, height, width] without a softmax layer, or [classes, length], are compared with a class for each pixel, targets of shape
    /// [height, width] that hold whole numbers. The mean is that of all pixels: <c>Σ weight[label]·loss / Σ weight[label]</c>. PyTorch's <c>nn.CrossEntropyLoss</c> of images.
    /// </summary>
    /// <param name="classWeights">A weight for each class, at least 0 and not all of them 0; empty: 1.</param>
    /// <param name="labelSmoothing">The part of every label that is spread evenly over all classes, in [0, 1).</param>
    /// <param name="ignoreIndex">A label that counts nothing, whether it is a class or not, such as 255 for borders; null: all count.</param>
    /// <exception cref="ArgumentException">A weight is negative or not finite, or all are 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The part lies outside [0, 1).</exception>
    public static Loss PixelCrossEntropy(ReadOnlySpan<double> classWeights = default, double labelSmoothing = 0, int? ignoreIndex = null) => new PixelCrossEntropyLoss(
        classWeights.IsEmpty ? LossWeights.None : LossWeights.OfClasses(classWeights), (float)Check.Fraction(labelSmoothing), ignoreIndex);

    /// <summary>
    /// The multi-class hinge <c>Σ max(0, margin − x[label] + xᵢ) / classes</c> over all other classes, or of the squares of these (Crammer and Singer, 2001). PyTorch's
    /// <c>nn.MultiMarginLoss(p, margin)</c>.
    /// </summary>
    /// <param name="margin">By how much the label's output is to be larger than the others, above 0.</param>
    /// <param name="squared">Whether the squares are taken: PyTorch's <c>p=2</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The margin is not a finite number above 0.</exception>
    public static Loss Hinge(double margin = 1, bool squared = false) => new HingeLoss((float)Check.Positive(margin), squared);

    /// <summary>
    /// The focal loss of a yes or no at each output, <c>−α·t·(1 − p)^γ·log p − (1 − α)·(1 − t)·p^γ·log(1 − p)</c> with <c>p = σ(x)</c>, averaged over a sample's outputs: what is
    /// clear already counts little (Lin et al., 2017, arXiv:1708.02002). torchvision's <c>sigmoid_focal_loss</c>, with targets in [0, 1].
    /// </summary>
    /// <param name="alpha">What a yes counts, in (0, 1); a no counts 1 − α.</param>
    /// <param name="gamma">How much less what is clear counts, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static Loss Focal(double alpha = 0.25, double gamma = 2) => new FocalLoss((float)Check.ProperFraction(alpha), (float)Check.NotNegative(gamma));

    /// <summary>
    /// The Dice loss <c>1 − (2·Σ p·t + smooth) / (Σ p + Σ t + smooth)</c> with <c>p = σ(x)</c> of each channel of outputs [channels, height, width], or of all outputs in a row, averaged
    /// over a sample's channels: how far two areas overlap, however small they are (Milletari, Navab and Ahmadi, 2016, arXiv:1606.04797). Targets lie in [0, 1].
    /// </summary>
    /// <param name="smooth">What keeps it from dividing by 0, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not a finite number above 0.</exception>
    public static Loss Dice(double smooth = 1) => new DiceLoss((float)Check.Positive(smooth));

    /// <summary>
    /// Negative log-likelihood in which classes count differently: the mean of a batch is <c>Σ weight[label]·loss / Σ weight[label]</c>.
    /// PyTorch's <c>nn.NLLLoss(weight=…)</c>.
    /// </summary>
    /// <param name="classWeights">A weight for each class, at least 0 and not all of them 0.</param>
    /// <exception cref="ArgumentException">There is no weight, one is negative or not finite, or all are 0.</exception>
    public static Loss WeightedNegativeLogLikelihood(ReadOnlySpan<double> classWeights) =>
        new NegativeLogLikelihoodLoss(LossWeights.OfClasses(classWeights));

    /// <summary>
    /// Binary cross-entropy <c>weight·(−posWeight·t·log σ(x) − (1 − t)·log(1 − σ(x)))</c>, averaged over samples and outputs alike.
    /// PyTorch's <c>nn.BCEWithLogitsLoss(weight=…, pos_weight=…)</c>.
    /// </summary>
    /// <param name="posWeight">How much a yes counts beside a no, for each output or one for all: the number of noes over that of yeses balances them. Empty: 1.</param>
    /// <param name="weight">How much an output counts, for each or one for all; the mean is not divided by it. Empty: 1.</param>
    /// <exception cref="ArgumentException">A weight is negative or not finite.</exception>
    public static Loss WeightedBinaryCrossEntropy(ReadOnlySpan<double> posWeight, ReadOnlySpan<double> weight = default) =>
        new BinaryCrossEntropyLoss(LossWeights.Of(posWeight, "positive weight"), LossWeights.Of(weight, "output weight"));

    /// <summary>What messages call it: a loss of the library by its formula and constants, for example <c>Loss.Huber(delta: 1)</c>, another by its class.</summary>
    public override string ToString() => Description?.ToString() ?? GetType().Name;

    /// <summary>It as data; null for a loss of the user's own.</summary>
    internal abstract LossDescription? Description { get; }

    /// <summary>Right or wrong answers that a sample of such outputs has; 0 where no such thing can be told, and there is no accuracy.</summary>
    internal abstract int Decisions(Shape outputs);

    /// <summary>The class that counts nothing; null: all count.</summary>
    internal virtual int? IgnoreIndex => null;

    /// <summary>Of a loss over values: how many there are for a sample of such outputs.</summary>
    internal virtual int TargetSize(Shape outputs) => outputs.Size;

    /// <summary>Why this loss and that network do not go together, and what was probably meant; null where they do.</summary>
    internal virtual string? Mismatch(NetworkDefinition network) => (Expects & network.OutputForm) == 0
        ? $"this loss expects a network that ends in {Expects}, and the last layer's outputs are {network.OutputForm}"
        : null;

    /// <summary>The index of the first target that it does not take, or -1.</summary>
    internal virtual int FirstWrong(ReadOnlySpan<float> targets, Shape outputs) => -1;

    /// <summary>What is expected of a target, to be said after a wrong one.</summary>
    internal virtual string TargetRule(Shape outputs) => "";

    /// <summary>What the samples of a batch count together: the mean is the sum of losses divided by it.</summary>
    internal virtual double TotalWeight(ReadOnlySpan<int> labels, ReadOnlySpan<float> weights, int count, ReadOnlySpan<float> targets = default)
    {
        if (weights.IsEmpty)
            return count;
        double sum = 0;
        foreach (float weight in weights)
            sum += weight;
        return sum;
    }

    /// <summary>Computes the losses of some rows, and their gradients where wanted, with 0 in the lanes from Size to Stride.</summary>
    internal abstract LossTally Evaluate(in LossRows rows);
}
