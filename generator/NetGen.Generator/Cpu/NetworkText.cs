using NetGen.Generator.Collections;
using NetGen.Generator.Cpu.Wide;

namespace NetGen.Generator.Cpu;

/// <summary>A network's program as text.</summary>
/// <param name="Files">Its files.</param>
/// <param name="Needs">What they call of the methods that all networks of a project share.</param>
internal sealed record NetworkText(EquatableArray<NetworkFile> Files, WideNeeds Needs);

/// <summary>A file: what its name ends with, and its text.</summary>
internal sealed record NetworkFile(string Suffix, string Text);
