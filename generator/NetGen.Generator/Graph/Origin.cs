using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Graph;

/// <summary>The attribute that a layer comes from.</summary>
/// <param name="Block">The <see cref="BlockDeclaration.Key"/> of the class that it stands on; null: the network's.</param>
/// <param name="Attribute">Its position there.</param>
/// <param name="Use">In a block: which use of it this is, as the end of a message.</param>
/// <param name="Computed">Its arguments that hang on parameters.</param>
internal sealed record Origin(string? Block, int Attribute, string Use, EquatableArray<string> Computed)
{
    /// <summary>
    /// The same problem, placed there. No number can take the place of an argument that hangs on parameters: another use gives them other values.
    /// </summary>
    public Problem Place(Problem problem) => problem with
    {
        Block = Block,
        Attribute = Attribute,
        Use = Use,
        Correction = Computed.Contains(problem.Argument ?? "") ? null : problem.Correction,
        Alternative = Computed.Count != 0 ? null : problem.Alternative,
    };
}
