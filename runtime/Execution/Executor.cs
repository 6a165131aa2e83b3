namespace NetGen;

/// <summary>
/// Runs one network's passes and training steps, and holds what they compute: what stands behind a trainer and a pass, whatever computes. All values
/// that go in and come out are in PyTorch's order; layers are named by their node, the index among <see cref="Engine.NetworkDefinition.Activations"/>.
/// One call at a time.
/// </summary>
/// <remarks>
/// Where the caller is interrupted while it waits, the call goes on to its end: what disturbed the wait is kept for <see cref="RethrowDisturbance"/>,
/// which the caller asks for when it has noted what has been done.
/// </remarks>
internal abstract class Executor : IDisposable
{
    /// <summary>Samples of the last forward pass; 0 before the first and after one that failed.</summary>
    public abstract int Count { get; }

    /// <summary>Computes all layers for some samples, which are copied, and keeps what they give.</summary>
    /// <param name="samples">[n, input shape], n at least 1.</param>
    /// <param name="seed">The seed of dropout's masks.</param>
    /// <param name="training">Whether dropout is on, and batch normalisation uses the batch's statistics and moves the running ones.</param>
    public abstract void Forward(ReadOnlySpan<float> samples, uint seed, bool training);

    /// <summary>
    /// From a node's gradient, already written, to the network's gradients, all of which are overwritten; or from those of all outputs
    /// (<see cref="Engine.NetworkDefinition.AllOutputs"/>).
    /// </summary>
    public abstract void Backward(int fromNode);

    /// <summary>After <see cref="Backward"/> from the same node: the gradient with respect to the samples.</summary>
    /// <param name="fromNode">The node.</param>
    /// <param name="values">Receives [n, input shape].</param>
    public abstract void InputGradient(int fromNode, Span<float> values);

    /// <summary>An output of the last forward pass, [n, its shape]; 0 is the main one.</summary>
    public abstract void ReadOutput(int output, Span<float> values);

    /// <summary>Where <see cref="Backward"/> from an output, or from all, starts: [n, its shape].</summary>
    public abstract void WriteOutputGradient(int output, ReadOnlySpan<float> gradient);

    /// <summary>
    /// A node's output of the last forward pass, [n, its shape]. One that was not kept is computed again, by the parameters as they are now, and what
    /// <see cref="InputGradient"/> needs of the last backward pass may be lost.
    /// </summary>
    public abstract void ReadActivation(int node, Span<float> values);

    /// <summary>Where <see cref="Backward"/> from a node starts that is not the network's output: [n, its shape].</summary>
    public abstract void WriteGradient(int node, ReadOnlySpan<float> gradient);

    /// <summary>Measures one batch in evaluation mode.</summary>
    /// <param name="batch">The samples, checked; one of its labels and targets is empty.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="outputs">Receives the main outputs, [n, its shape]; empty: they are not wanted.</param>
    public abstract LossTally Evaluate(in Batch batch, Loss loss, Span<float> outputs);

    /// <summary>
    /// Takes one training step: forward, losses, backward, update. The optimizer has begun its step. A batch of more samples than there is room for is computed
    /// part by part, and the gradients are added up.
    /// </summary>
    /// <param name="batch">The samples, checked; one of its labels and targets is empty.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="scale">1 over what the samples count together.</param>
    /// <param name="seeds">The seeds of dropout's masks.</param>
    /// <param name="optimizer">What changes the parameters by their gradients; null: the gradients are all that is left.</param>
    public abstract LossTally Train(in Batch batch, Loss loss, float scale, MaskSeeds seeds, Optimizer? optimizer);

    /// <summary>Throws what has disturbed the caller's waits since the last time, if anything did.</summary>
    public abstract void RethrowDisturbance();

    /// <summary>Lets go of what it holds. No call may be under way.</summary>
    public abstract void Dispose();
}
