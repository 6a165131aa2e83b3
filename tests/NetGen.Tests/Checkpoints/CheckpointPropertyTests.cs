using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using NetGen.Engine;
using NetGen.Tests.Data;

namespace NetGen.Tests.Checkpoints;

public sealed class CheckpointPropertyTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Random dimensions in a random order of memory, with random gaps between neighbours and before the tensor.</summary>
    private static readonly Gen<Tensor> Tensors =
        from extents in Gen.ArrayOf(Gen.Choose(1, 5)).Resize(4)
        from order in Gen.Shuffle(Enumerable.Range(0, extents.Length))
        from gaps in Gen.ArrayOf(Gen.Choose(0, 3), extents.Length + 1)
        select new Tensor(extents, order, gaps);

    private sealed record Tensor(int[] Extents, int[] Order, int[] Gaps)
    {
        /// <summary>The parameter and the floats up to its end.</summary>
        public (ParameterDefinition Parameter, int End) At(int offset, string name)
        {
            var layout = new Stride[Extents.Length];
            int step = 1;
            for (int i = 0; i < Order.Length; i++)
            {
                step += Gaps[i];
                layout[Order[i]] = new(Extents[Order[i]], step);
                step *= Extents[Order[i]];
            }
            int start = offset + Gaps[^1];
            int last = layout.Sum(stride => (stride.Extent - 1) * stride.Step);
            return (new(name, new Shape(Extents), start, [.. layout], Initialization.Zeros, 0, true), start + last + 1);
        }

        public override string ToString() => $"[{string.Join(", ", Extents)}] in the order [{string.Join(", ", Order)}] with gaps [{string.Join(", ", Gaps)}]";
    }

    /// <summary>The place of every value by the definition of strides, computed index by index.</summary>
    private static IEnumerable<int> Places(ParameterDefinition parameter)
    {
        for (int i = 0; i < parameter.Shape.Size; i++)
        {
            int place = parameter.Offset, rest = i;
            foreach (Stride stride in parameter.Layout.Reverse())
            {
                place += rest % stride.Extent * stride.Step;
                rest /= stride.Extent;
            }
            yield return place;
        }
    }

    [Fact]
    public void WhatIsSavedComesBackInItsPlacesAndNowhereElse()
    {
        Gen<Tensor[]> networks = Gen.ArrayOf(Tensors).Resize(4);
        Prop.ForAll(networks.ToArbitrary(), network =>
        {
            ImmutableArray<ParameterDefinition>.Builder parameters = ImmutableArray.CreateBuilder<ParameterDefinition>();
            int floats = 0;
            foreach (Tensor tensor in network)
            {
                (ParameterDefinition parameter, floats) = tensor.At(floats, $"layer{parameters.Count}.weight");
                parameters.Add(parameter);
            }
            NetworkDefinition definition = CheckpointTests.Definition("Net", floats, parameters.ToImmutable());
            float[] saved = [.. Enumerable.Range(1, floats).Select(i => (float)i)];

            Checkpoint.Save(folder["net"], definition, saved);
            using (SafeTensorsFile file = SafeTensorsFile.Open(folder["net"]))
            {
                foreach (ParameterDefinition parameter in parameters)
                    file.Read(file.Find(parameter.Name)!).ShouldBe(Places(parameter).Select(place => saved[place]));
            }

            HashSet<int> covered = [.. parameters.SelectMany(Places)];
            float[] loaded = [.. Enumerable.Repeat(-1f, floats)];
            Checkpoint.Load(folder["net"], definition, loaded);
            loaded.ShouldBe(saved.Select((value, place) => covered.Contains(place) ? value : -1));
            loaded.AsSpan().Fill(-1);
            Checkpoint.Load(folder["net"], definition, loaded, isNew: true);
            loaded.ShouldBe(saved.Select((value, place) => covered.Contains(place) ? value : -1), "into a new network");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }
}
