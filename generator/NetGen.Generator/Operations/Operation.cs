using NetGen.Generator.Collections;

namespace NetGen.Generator.Operations;

/// <summary>A piece of arithmetic on values: what is computed, and nothing of how.</summary>
/// <param name="Node">The layer it belongs to, by its number in the network.</param>
internal abstract record Operation(int Node)
{
    /// <summary>A word or two for comments and listings: <c>conv1 weight gradient</c> is this operation's with the layer's name before it.</summary>
    public abstract string Label { get; }

    /// <summary>The values it reads.</summary>
    public abstract EquatableArray<int> Reads { get; }

    /// <summary>The values it writes, those changed in place among them.</summary>
    public abstract EquatableArray<int> Writes { get; }

    /// <summary>In which mode it runs.</summary>
    public When When { get; init; }

    /// <summary>
    /// Nodes without whose operations it is needed: it runs only in a backward pass that starts where none of them is on the way, because one of them
    /// does its work, or makes it needless.
    /// </summary>
    public EquatableArray<int> Unless { get; init; } = [];

    /// <summary>Adds the operations that give the gradients of what it reads from those of what it writes.</summary>
    public virtual void Differentiate(GradientBuilder gradients)
    {
    }

    /// <summary>The same on other values; null: it has no business where values are exchanged for others.</summary>
    public virtual Operation? On(Func<int, int> other) => null;

    /// <summary>The operation that does <paramref name="step"/> too before it stores its result to <paramref name="target"/>; null: it cannot.</summary>
    public virtual Operation? TryAbsorb(EpilogueStep step, int target) => null;
}

/// <summary>The mode an operation runs in.</summary>
internal enum When
{
    Always,

    /// <summary>Training mode only.</summary>
    Training,

    /// <summary>Evaluation only.</summary>
    Evaluation,
}

/// <summary>What is done to a result before it is stored.</summary>
/// <param name="Kind">What.</param>
/// <param name="Function">For a derivative: of which function.</param>
/// <param name="Stored">For a derivative: what it is told from. For a sum: what is added.</param>
internal sealed record EpilogueStep(EpilogueKind Kind, Function? Function = null, int Stored = -1)
{
    /// <summary>max(x, 0).</summary>
    public static EpilogueStep ReLU { get; } = new(EpilogueKind.AtLeastZero);

    /// <summary>x + a stored value.</summary>
    public static EpilogueStep Plus(int stored) => new(EpilogueKind.Sum, Stored: stored);

    /// <summary>max(x, −∞): the same kernel as a ReLU's, to show what came before it.</summary>
    public static EpilogueStep BeforeReLU { get; } = new(EpilogueKind.Unbounded);
}

/// <summary>What an <see cref="EpilogueStep"/> does.</summary>
internal enum EpilogueKind
{
    AtLeastZero,
    Unbounded,

    /// <summary>Plus a stored value.</summary>
    Sum,

    /// <summary>Times the derivative of a function.</summary>
    Derivative,
}
