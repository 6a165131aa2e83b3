using System.ComponentModel;

namespace NetGen.Engine;

/// <summary>
/// What the generator emits for one network: its tables and its kernels. The runtime owns every buffer and every thread;
/// a program only computes, allocates nothing and keeps no state, so one instance serves all networks of the class.
/// </summary>
/// <remarks>
/// <para>A program runs training passes in one of two ways, told by <see cref="NetworkDefinition.GroupSize"/>:</para>
/// <list type="bullet">
/// <item><b>Grouped</b> (<c>GroupSize = 16</c>, samples are lanes): a call computes one group of at most 16 samples in an arena of
/// its own, alone; the runtime spreads groups over workers, each with a private gradient buffer that calls add to.</item>
/// <item><b>Whole batch</b> (<c>GroupSize = 0</c>, channels are lanes): all workers make the same call on one arena, each computes
/// its share, and they meet at <see cref="Team.Wait"/> where one needs what another wrote. Gradients are stored, not added.</item>
/// </list>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class NetworkProgram
{
    /// <summary>Sizes, names and layouts.</summary>
    public abstract NetworkDefinition Definition { get; }

    /// <summary>
    /// Makes what predictions read in the place of parameters, such as weights that a batch normalisation is folded into. It lies behind the
    /// parameters (<see cref="NetworkDefinition.PreparedBytes"/>), and is made anew where those have been written since.
    /// </summary>
    public virtual void Prepare(ref float parameters)
    {
    }

    /// <summary>
    /// Evaluates <paramref name="count"/> samples: <paramref name="inputs"/> is <c>[count, InputSize]</c> and
    /// <paramref name="outputs"/> <c>[count, OutputSize]</c>, both contiguous in PyTorch order. <paramref name="scratch"/> has
    /// <see cref="NetworkDefinition.PredictScratchBytes"/> bytes for the team and <see cref="NetworkDefinition.WorkerScratchBytes"/> for each worker, 64-byte aligned, contents arbitrary. Where <see cref="NetworkDefinition.PredictIsShared"/>,
    /// all of a team make the same call; elsewhere a team is one worker alone.
    /// </summary>
    public abstract void Predict(ref float parameters, ref float inputs, ref float outputs, int count, ref float scratch, in Team team);

    /// <summary>
    /// Inputs to activations and output rows. In training mode (<see cref="StepContext.Training"/>) dropout is on and batch
    /// normalisation uses, and updates, batch statistics.
    /// </summary>
    public abstract void Forward(in StepContext step);

    /// <summary>
    /// From the gradient of node <paramref name="fromLayer"/>'s output (already in the arena) down to the parameters of the first
    /// layer; the gradient of the network's input is left out. The node of the network's output starts from the gradient rows.
    /// Where there are several outputs, the number behind the last node starts from the gradient rows of all of them, and is the only start that all parameters have
    /// gradients from.
    /// The caller has zeroed the gradient buffer when the program is grouped or <paramref name="fromLayer"/> is not that start.
    /// A whole-batch program's team first waits for all of its workers.
    /// </summary>
    public abstract void Backward(in StepContext step, int fromLayer);

    /// <summary>After <see cref="Backward"/> from the same node: the gradient with respect to the input, written at <see cref="NetworkDefinition.InputGradient"/>.</summary>
    public abstract void InputGradient(in StepContext step, int fromLayer);

    /// <summary>
    /// After <see cref="Forward"/>: recomputes the output of a node that was fused into a later one and is therefore not
    /// <see cref="ActivationDefinition.IsStored"/>, at its <see cref="ActivationDefinition.Value"/> (scratch that the next call may overwrite, as it may overwrite what
    /// <see cref="InputGradient"/> needs of a backward pass).
    /// </summary>
    public abstract void Materialize(in StepContext step, int layer);
}
