using NetGen.Generator.Collections;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Operations;

/// <summary>Where a tensor lives.</summary>
internal enum Space
{
    Inputs,
    Outputs,
    Parameters,
    Gradients,
    Arena,
}

/// <summary>Memory that operations read or write.</summary>
/// <param name="Name">For comments, and its identity within a pass.</param>
/// <param name="Space">The buffer it lies in.</param>
/// <param name="Floats">Its size: of one sample where <paramref name="IsPerSample"/>.</param>
/// <param name="IsPerSample">One for each sample of the batch, one after the other.</param>
/// <param name="Offset">For parameters and gradients: the place in the flat buffer.</param>
internal sealed record Tensor(string Name, Space Space, int Floats, bool IsPerSample, int Offset = 0);

/// <summary>Floats between neighbouring samples, channels, rows and columns of an activation.</summary>
internal readonly record struct Steps(int Sample, int Channel, int Row, int Column);

/// <summary>A layer's input or output during a pass.</summary>
/// <param name="Shape">Of one sample; flat shapes keep the image they came from.</param>
/// <param name="Value">The values.</param>
/// <param name="Gradient">The gradient.</param>
/// <param name="Steps">The layout of the values.</param>
/// <param name="GradientSteps">The layout of the gradient: another one only for inputs that are read in place.</param>
/// <param name="IsNatural">The user's own rows, read in place.</param>
internal sealed record Activation(TensorShape Shape, Tensor Value, Tensor Gradient, Steps Steps, Steps GradientSteps, bool IsNatural = false);

/// <summary>A parameter's memory and layout in it.</summary>
/// <param name="Name">Within the network: <c>conv1.weight</c>.</param>
/// <param name="Value">In the parameter buffer.</param>
/// <param name="Gradient">In the gradient buffer.</param>
/// <param name="Shape">PyTorch's shape.</param>
/// <param name="Layout">Extents and steps of PyTorch's dimensions, possibly split finer.</param>
internal sealed record ParameterPlace(string Name, Tensor Value, Tensor Gradient, EquatableArray<int> Shape, EquatableArray<TermAxis> Layout);

/// <summary>An operation bound to the memory it works on.</summary>
/// <param name="Operation">The arithmetic.</param>
/// <param name="Tensors">In the order of the kernel's parameters.</param>
/// <param name="Meets">All workers must have come here first: it reads what others wrote.</param>
internal sealed record Instruction(Operation Operation, EquatableArray<Tensor> Tensors, bool Meets = false)
{
    /// <summary>Runs only in training passes in training mode; null: always.</summary>
    public bool? WhenTraining { get; init; }

    /// <summary>Shows what a fused ReLU would have got, with the kernel that has it fused.</summary>
    public bool IsBeforeReLU { get; init; }
}
