using NetGen.Generator.Collections;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Operations;

/// <summary>How activations lie in memory during a pass.</summary>
internal enum PassLayout
{
    /// <summary>16 samples side by side: full vectors whatever the number of channels.</summary>
    SamplesAsLanes,

    /// <summary>A pixel's channels side by side, padded to a multiple of 16.</summary>
    ChannelsLast,
}

/// <summary>Collects the operations of one pass while the layers describe themselves, and names the memory between them.</summary>
/// <param name="layout">How activations lie.</param>
/// <param name="forTraining">Whether a backward pass follows.</param>
/// <param name="isForFew">Whether the pass is for a few samples, too few to share weights between them.</param>
internal sealed class PassBuilder(PassLayout layout, bool forTraining, bool isForFew = false)
{
    /// <summary>Lanes in a block: samples or channels.</summary>
    public const int Block = 16;

    private List<Instruction> target = [];

    public PassLayout Layout { get; } = layout;

    public bool ForTraining { get; } = forTraining;

    public bool IsForFew { get; } = isForFew;

    public bool SamplesAreLanes => Layout == PassLayout.SamplesAsLanes;

    /// <summary>The layer that is being described, for names: <c>conv1</c>.</summary>
    public string Layer { get; private set; } = "";

    /// <summary>Its place in the network.</summary>
    public int LayerIndex { get; private set; }

    /// <summary>Its parameters and buffers.</summary>
    public EquatableArray<ParameterPlace> Parameters { get; private set; } = [];

    /// <summary>What could happen to the input's gradient on its way to memory: the gradient of the activation function below.</summary>
    public (Finish Finish, Tensor Stored)? GradientOfInput { get; private set; }

    /// <summary>Whether the layer made use of <see cref="GradientOfInput"/>.</summary>
    public bool TookGradientOfInput { get; private set; }

    /// <summary>The forward contraction just emitted, which an activation function may become part of.</summary>
    public Instruction? Fusible { get; private set; }

    public static int Padded(int channels) => (channels + Block - 1) / Block * Block;

    /// <summary>Starts a layer; what it emits goes to <paramref name="instructions"/>.</summary>
    public void Begin(string layer, int index, EquatableArray<ParameterPlace> parameters, List<Instruction> instructions, (Finish, Tensor)? gradientOfInput = null)
    {
        (Layer, LayerIndex, Parameters, target) = (layer, index, parameters, instructions);
        (GradientOfInput, TookGradientOfInput) = (gradientOfInput, false);
    }

    /// <summary>Forgets what the layer before offered for fusion, unless this layer is the one behind it.</summary>
    public void OfferFusion(Instruction? instruction) => (Fusible, Replaced) = (instruction, null);

    public ParameterPlace? Parameter(string name) => Parameters.FirstOrDefault(p => p.Name.EndsWith("." + name, StringComparison.Ordinal));

    /// <summary>The fused gradient of the activation function below, if there is one; asking for it takes it.</summary>
    public (Finish Finish, Tensor Stored)? TakeGradientOfInput()
    {
        TookGradientOfInput = GradientOfInput is not null;
        return GradientOfInput;
    }

    /// <summary>The name of a layer's memory: of its output, or of what <paramref name="purpose"/> says. No layer's name has a colon.</summary>
    public static string TensorName(string layer, string purpose) => purpose.Length == 0 ? layer : layer + ":" + purpose;

    /// <summary>The kernel's name: layer, purpose, and what sets its pass apart.</summary>
    public string Name(string purpose)
    {
        var words = Layer.Split('_', '.', '-').Where(w => w.Length > 0).Select(w => char.IsDigit(w[0]) ? "_" + w : char.ToUpperInvariant(w[0]) + w.Substring(1));
        return string.Concat(words) + purpose + (IsForFew ? "Few" : "");
    }

    public void Emit(Operation operation, params Tensor[] tensors) => target.Add(new Instruction(operation, [.. tensors]));

    public void Emit(Instruction instruction) => target.Add(instruction);

    /// <summary>
    /// Lets a function ride on the contraction just emitted, in its memory: the layer's output, or null where there is none to ride on.
    /// </summary>
    public Activation? TryFuse(Finish finish, Activation x)
    {
        if (Fusible is not { Operation: Contraction { Finish: Finish.None } contraction } instruction)
            return null;
        Replaced = (instruction, instruction with { Operation = contraction with { Finish = finish } });
        return x;
    }

    /// <summary>The instruction that a fusion replaced, and what it became.</summary>
    public (Instruction Old, Instruction New)? Replaced { get; private set; }

    /// <summary>The layout of an activation of that shape.</summary>
    public Steps StepsOf(TensorShape shape)
    {
        if (SamplesAreLanes)
            return new Steps(1, shape.Area * Block, shape.Width * Block, Block);
        int channels = Padded(shape.Channels);
        return new Steps(shape.Area * channels, 1, shape.Width * channels, channels);
    }

    /// <summary>Floats of an activation: of 16 samples where they are lanes, of one elsewhere.</summary>
    public int FloatsOf(TensorShape shape) => SamplesAreLanes ? shape.Size * Block : shape.Area * Padded(shape.Channels);

    /// <summary>Memory for the layer's output.</summary>
    public Activation NewActivation(TensorShape shape) => new(
        shape, NewTensor("", FloatsOf(shape)), NewTensor("gradient", FloatsOf(shape)), StepsOf(shape), StepsOf(shape));

    /// <summary>New values over the same gradient memory, for functions whose gradient is made in place.</summary>
    public Activation NewValues(Activation x)
    {
        Steps steps = StepsOf(x.Shape);
        return x with { Value = NewTensor("", FloatsOf(x.Shape)), Steps = steps, IsNatural = false };
    }

    /// <summary>Memory of the layer's own: per sample where samples are not lanes.</summary>
    public Tensor NewTensor(string purpose, int floats) => new(TensorName(Layer, purpose), Space.Arena, floats, !SamplesAreLanes);

    /// <summary>Memory whose size does not depend on the number of samples.</summary>
    public Tensor NewFixed(string purpose, int floats) => new(TensorName(Layer, purpose), Space.Arena, floats, false);
}
