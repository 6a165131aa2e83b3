using System.Reflection;
using FsCheck;
using FsCheck.Fluent;
using NetGen.Generator.Collections;
using NetGen.Generator.Graph;
using NetGen.Generator.Layers;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Tests.Layers;

/// <summary>Shapes, parameters and costs against figures from elsewhere: counted windows, and what PyTorch prints.</summary>
public class LayerTests
{
    private static readonly NetworkIdentity Identity = new("", [], "Net", "Net");

    [Fact]
    public void A_window_has_as_many_places_as_can_be_counted()
    {
        Gen<(int Size, int Kernel, int Stride, int Padding)> sides =
            from size in Gen.Choose(1, 30)
            from kernel in Gen.Choose(1, 9)
            from stride in Gen.Choose(1, 5)
            from padding in Gen.Choose(0, 4)
            select (size, kernel, stride, padding);
        Prop.ForAll(sides.Two().ToArbitrary(), pair =>
        {
            ((int Size, int Kernel, int Stride, int Padding) rows, (int Size, int Kernel, int Stride, int Padding) columns) = pair;
            var layer = new ConvLayer(
                3, 5, new(2, new(rows.Kernel, columns.Kernel), new(rows.Stride, columns.Stride), new(AxisPadding.Of(rows.Padding), AxisPadding.Of(columns.Padding))), Bias: true);
            Inference inference = layer.Infer(TensorShape.Image(3, rows.Size, columns.Size));
            int height = CountPlaces(rows.Size, rows.Kernel, rows.Stride, rows.Padding);
            int width = CountPlaces(columns.Size, columns.Kernel, columns.Stride, columns.Padding);
            return height == 0 || width == 0
                ? inference.Output is null && inference.Problems.Single().Argument == "kernelSize"
                : inference.Output == TensorShape.Image(5, height, width) && inference.Problems.Count == 0;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void LeNet5_has_PyTorchs_parameters()
    {
        // sum(p.numel() for p in model.parameters()) of the same layers in PyTorch: 61,706.
        NetworkGraph graph = Build(
            TensorShape.Image(1, 28, 28),
            Conv(1, 6, 5, padding: 2), new ActivationLayer(Function.ReLU), Pool(2),
            Conv(6, 16, 5, padding: 0), new ActivationLayer(Function.ReLU), Pool(2),
            new FlattenLayer(),
            new LinearLayer(400, 120, true), new ActivationLayer(Function.ReLU), new LinearLayer(120, 84, true), new ActivationLayer(Function.ReLU), new LinearLayer(84, 10, true));
        graph.Problems.ShouldBeEmpty();
        graph.ParameterCount.ShouldBe(61_706);
        graph.MultiplyAdds.ShouldBe((28 * 28 * 6 * 25) + (10 * 10 * 16 * 6 * 25) + (400 * 120) + (120 * 84) + 840);
        graph.Layers.Select(layer => layer.Name).ShouldBe(
            ["conv1", "relu1", "pool1", "conv2", "relu2", "pool2", "flatten", "linear1", "relu3", "linear2", "relu4", "linear3"]);
    }

    [Fact]
    public void Vgg16_can_be_addressed_and_has_PyTorchs_parameters()
    {
        // torchvision's vgg16: 138,357,544 parameters.
        var layers = new List<Layer>();
        foreach (int channels in new[] { 64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0 })
        {
            layers.AddRange(channels == 0
                ? [Pool(2)]
                : [Conv(null, channels, 3, padding: 1), new ActivationLayer(Function.ReLU)]);
        }
        layers.AddRange([new FlattenLayer(), new LinearLayer(null, 4096, true), new LinearLayer(null, 4096, true), new LinearLayer(null, 1000, true)]);
        NetworkGraph graph = Build(TensorShape.Image(3, 224, 224), [.. layers]);
        graph.Problems.ShouldBeEmpty();
        graph.ParameterCount.ShouldBe(138_357_544);
        graph.MultiplyAdds.ShouldBe(15_470_264_320);
    }

    [Fact]
    public void Parameters_have_PyTorchs_names_shapes_and_initialisation()
    {
        var convolution = new ConvLayer(null, 6, new(2, new(5, 3), Extent.One, WindowPadding.None), Bias: true);
        convolution.ParameterSpecs(TensorShape.Image(2, 9, 9)).ShouldBe(
        [
            new("weight", [6, 2, 5, 3], ParameterInitialization.Uniform, 1 / Math.Sqrt(30)),
            new("bias", [6], ParameterInitialization.Uniform, 1 / Math.Sqrt(30)),
        ]);
        new LinearLayer(null, 7, Bias: false).ParameterSpecs(TensorShape.Image(2, 3, 4).Flatten()).ShouldBe(
            [new("weight", [7, 24], ParameterInitialization.Uniform, 1 / Math.Sqrt(24))]);
        new BatchNormLayer(2, null, 1e-5, 0.1).ParameterSpecs(TensorShape.Image(3, 8, 8)).ShouldBe(
        [
            new("weight", [3], ParameterInitialization.Ones),
            new("bias", [3], ParameterInitialization.Zeros),
            new("running_mean", [3], ParameterInitialization.Zeros, IsTrainable: false),
            new("running_var", [3], ParameterInitialization.Ones, IsTrainable: false),
        ]);
        new BatchNormLayer(1, null, 1e-5, 0.1).ParameterSpecs(TensorShape.Image(3, 2, 2).Flatten())[0].Shape.ShouldBe([12]);
    }

    [Theory]
    [InlineData("conv1", "Conv1")]
    [InlineData("layer1.conv2", "Layer1Conv2")]
    [InlineData("my_head", "MyHead")]
    [InlineData("0", "_0")]
    [InlineData("0.12.conv", "_0_12Conv")]
    [InlineData("layer1.0.conv1", "Layer1_0Conv1")]
    [InlineData("layer10.conv1", "Layer10Conv1")]
    [InlineData("_fc", "Fc")]
    [InlineData("output", "OutputLayer")]
    public void A_layers_member_is_its_name_in_Pascal_case(string name, string member) => LayerNames.MemberName(name).ShouldBe(member);

    [Fact]
    public void No_layers_member_hides_one_of_the_pass()
    {
        const BindingFlags all = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.FlattenHierarchy;
        IEnumerable<string> methods = typeof(NetworkPass).GetMethods(all)
            .Where(method => method is { IsSpecialName: false } && (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly))
            .Select(method => method.Name);
        IEnumerable<string> properties = typeof(NetworkPass).GetProperties(all)
            .Where(property => property.GetMethod is { IsPublic: true } or { IsFamily: true })
            .Select(property => property.Name);
        LayerNames.ReservedMembers.ShouldBe([.. methods.Concat(properties).Append("Pass").Distinct()], ignoreOrder: true);
    }

    private static int CountPlaces(int size, int kernel, int stride, int padding) =>
        Enumerable.Range(0, size + (2 * padding)).Count(place => place % stride == 0 && place + kernel <= size + (2 * padding));

    private static PoolLayer Pool(int kernel) => new(PoolingKind.Max, new(2, Extent.Square(kernel), Extent.Square(kernel), WindowPadding.None));

    private static ConvLayer Conv(int? inChannels, int outChannels, int kernel, int padding) =>
        new(inChannels, outChannels, new(2, Extent.Square(kernel), Extent.One, new(AxisPadding.Of(padding), AxisPadding.Of(padding))), Bias: true);

    private static NetworkGraph Build(TensorShape input, params Layer[] layers)
    {
        var scope = new Scope();
        IEnumerable<ExpandedLayer> expanded = layers.Select((layer, i) => new ExpandedLayer(
            scope.Name(layer.NamePrefix, layer.IsSeldomRepeated, written: null), layer, [new Source("before", i - 1)], scope.OriginOf(i + 1, [])));
        return GraphBuilder.Build(
            new NetworkDeclaration(Identity, [new DeclaredInput(input, [])], [], GeneratedPart.Whole),
            new ExpandedNetwork(expanded.ToEquatableArray(), [], [], [], IsComplete: true),
            CancellationToken.None);
    }
}
