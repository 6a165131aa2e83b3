using NetGen.Generator.Collections;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Layers;

/// <summary>A parameter's memory.</summary>
/// <param name="Floats">Its size with padding, a multiple of 16 where lanes run over it.</param>
/// <param name="Axes">Extents and steps of PyTorch's dimensions, outermost first, possibly split finer.</param>
internal sealed record ParameterLayout(int Floats, EquatableArray<TermAxis> Axes);

/// <summary>What a parameter's layout depends on besides its layer.</summary>
/// <param name="ReadsRows">The layer reads the user's rows in place: features in PyTorch's order.</param>
/// <param name="OutputsAreRows">Weights of a linear layer with few outputs lie as PyTorch has them.</param>
internal readonly record struct Placement(bool ReadsRows, bool OutputsAreRows);
