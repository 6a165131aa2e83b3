namespace NetGen.Tests.Numerics;

/// <summary>
/// A network under test, whichever way it is driven: through the public classes, or its emitted program alone in guarded memory.
/// Tensors are in PyTorch's row-major order.
/// </summary>
internal interface ITestNetwork
{
    /// <summary>Names, shapes and kinds of the parameters, in order.</summary>
    IReadOnlyList<(string Name, Shape Shape, bool IsTrainable)> Parameters { get; }

    /// <summary>Names of the layers, in order.</summary>
    IReadOnlyList<string> LayerNames { get; }

    /// <summary>Overwrites every parameter, in order.</summary>
    void SetParameters(IReadOnlyList<float[]> values);

    /// <summary>A parameter's values.</summary>
    float[] Parameter(string name);

    /// <summary>Evaluates [count, input shape].</summary>
    float[] Predict(float[] inputs, int count);

    /// <summary>A pass for batches of at most that many samples.</summary>
    ITestPass CreatePass(int batch, int threads);
}

/// <summary>A pass under test.</summary>
internal interface ITestPass : IDisposable
{
    /// <summary>Runs a batch of at most the pass's samples and returns the outputs.</summary>
    float[] Forward(float[] inputs, bool training);

    /// <summary>After a forward pass: a layer's output, [count, shape].</summary>
    float[] Activation(int layer);

    /// <summary>After a forward pass: from the gradient of that layer's output, [count, shape], to the gradients below.</summary>
    void BackwardFrom(int layer, float[] gradient);

    /// <summary>After a forward pass: an output, [count, shape]; 0 is the main one.</summary>
    float[] Output(int output);

    /// <summary>After a forward pass: from gradients of all outputs, the main one first.</summary>
    void BackwardFromOutputs(IReadOnlyList<float[]> gradients);

    /// <summary>After a backward pass.</summary>
    float[] Gradient(string parameter);

    /// <summary>After a backward pass, [count, input shape].</summary>
    float[] InputGradient();
}
