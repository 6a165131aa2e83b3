using NetGen.Generator.Collections;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Lowering;

/// <summary>A pass over a network as operations on planned memory: all that an emitter needs.</summary>
/// <param name="Layout">How activations lie.</param>
/// <param name="Layers">The layers' operations, in order.</param>
/// <param name="Input">The network's input.</param>
/// <param name="Import">Brings the user's rows into the pass's layout; null: they are read in place.</param>
/// <param name="Export">Brings the output into rows; null: it lies in rows.</param>
/// <param name="ImportGradient">Brings the gradient rows into the layout of the output; null: they lie in it.</param>
/// <param name="OutputRows">The output, a row per sample.</param>
/// <param name="GradientRows">The gradient of the output, a row per sample.</param>
/// <param name="FirstTrainable">The first layer with parameters: the backward pass ends there. The number of layers if there is none.</param>
/// <param name="Memory">Where tensors lie in the arena.</param>
internal sealed record PassPlan(
    PassLayout Layout,
    EquatableArray<LayerPass> Layers,
    Activation Input,
    Instruction? Import,
    Instruction? Export,
    Instruction? ImportGradient,
    Tensor OutputRows,
    Tensor GradientRows,
    int FirstTrainable,
    MemoryPlan Memory)
{
    public bool SamplesAreLanes => Layout == PassLayout.SamplesAsLanes;
}

/// <summary>A layer's part of a pass.</summary>
/// <param name="Name"><c>conv1</c>.</param>
/// <param name="Output">Its output's memory: scratch where it is not stored.</param>
/// <param name="Unfused">For a layer whose output the next one overwrote: what computes it again, into scratch.</param>
/// <param name="Forward">The forward operations.</param>
/// <param name="ParameterGradients">The gradients of its parameters.</param>
/// <param name="Preparation">What the gradient of its input needs first, before any layer's: transposed weights.</param>
/// <param name="InputGradient">The gradient of its input.</param>
/// <param name="FusedBy">
/// The layer above that applies <paramref name="InputGradient"/> on its way, so that it runs here only if the backward pass starts below
/// that layer; -1: none.
/// </param>
internal sealed record LayerPass(
    string Name,
    Activation Output,
    Instruction? Unfused,
    EquatableArray<Instruction> Forward,
    EquatableArray<Instruction> ParameterGradients,
    EquatableArray<Instruction> Preparation,
    EquatableArray<Instruction> InputGradient,
    int FusedBy);
