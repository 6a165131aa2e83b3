using System.Collections.Immutable;

namespace ModelZoo.Catalogue;

/// <summary>The networks, by name.</summary>
public static class Zoo
{
    /// <summary>Smaller photographs, with as much around them as torchvision leaves around 224.</summary>
    private static readonly PictureForm Photos160 = PictureForm.ImageNet with { ShorterSide = 183 };

    /// <summary>Blue first, less the mean of each colour.</summary>
    private static readonly PictureForm Caffe = new(256, [104f / 255, 117f / 255, 123f / 255], [1f / 255, 1f / 255, 1f / 255]) { IsBlueFirst = true };

    /// <summary>From -1 to 1, and the background before the classes.</summary>
    private static readonly PictureForm TensorFlow = new(146, [128f / 255, 128f / 255, 128f / 255], [128f / 255, 128f / 255, 128f / 255]) { FirstClass = 1 };

    /// <summary>From small to large.</summary>
    public static ImmutableArray<ZooNetwork> All { get; } =
    [
        ZooNetwork.Of<Linear>("linear", Linear.Summary, PictureForm.Digits),
        ZooNetwork.Of<Mlp>("mlp", Mlp.Summary, PictureForm.Digits),
        ZooNetwork.Of<ConvNet>("convnet", ConvNet.Summary, PictureForm.Digits),
        ZooNetwork.Of<SeparableConvNet>("separable-convnet", SeparableConvNet.Summary, PictureForm.Digits),
        ZooNetwork.Of<LeNet5>("lenet5", LeNet5.Summary, PictureForm.Digits),
        ZooNetwork.Of<LeNetCaffe>("lenet-caffe", LeNetCaffe.Summary, new(28, [0], [256f / 255])),
        ZooNetwork.Of<MnistNet>("mnistnet", MnistNet.Summary, PictureForm.Digits),
        ZooNetwork.Of<ResNet20>("resnet20", ResNet20.Summary, PictureForm.Cifar),
        ZooNetwork.Of<ResNet20A>("resnet20-a", ResNet20A.Summary, PictureForm.Cifar),
        ZooNetwork.Of<ResNet56>("resnet56", ResNet56.Summary, PictureForm.Cifar),
        ZooNetwork.Of<ResNet56A>("resnet56-a", ResNet56A.Summary, PictureForm.Cifar),
        ZooNetwork.Of<ConvMixer256>("convmixer", ConvMixer256.Summary, PictureForm.Cifar),
        ZooNetwork.Of<ConvMixer1536>("convmixer-1536", ConvMixer1536.Summary, PictureForm.ImageNet),
        ZooNetwork.Of<MobileNet050x160>("mobilenet-0.50-160", MobileNet050x160.Summary, Photos160),
        ZooNetwork.Of<MobileNet>("mobilenet", MobileNet.Summary, PictureForm.ImageNet),
        ZooNetwork.Of<MobileNet025x128TensorFlow>("mobilenet-0.25-128-tensorflow", MobileNet025x128TensorFlow.Summary, TensorFlow),
        ZooNetwork.Of<SqueezeNet10>("squeezenet", SqueezeNet10.Summary, PictureForm.ImageNet),
        ZooNetwork.Of<SqueezeNet11>("squeezenet-1.1", SqueezeNet11.Summary, PictureForm.ImageNet),
        ZooNetwork.Of<SqueezeNet10Caffe>("squeezenet-caffe", SqueezeNet10Caffe.Summary, Caffe) with { WeightNames = name => name.Replace('/', '.') },
        ZooNetwork.Of<AlexNet>("alexnet", AlexNet.Summary, PictureForm.ImageNet),
        ZooNetwork.Of<AlexNetTwoGroups>("alexnet-two-groups", AlexNetTwoGroups.Summary, PictureForm.ImageNet),
        ZooNetwork.Of<Vgg16>("vgg16", Vgg16.Summary, PictureForm.ImageNet),
        ZooNetwork.Of<ResNet18>("resnet18", ResNet18.Summary, PictureForm.ImageNet),
        ZooNetwork.Of<PlainNet34>("plainnet34", PlainNet34.Summary, PictureForm.ImageNet),
        ZooNetwork.Of<ResNet34>("resnet34", ResNet34.Summary, PictureForm.ImageNet),
        ZooNetwork.Of<ResNet50>("resnet50", ResNet50.Summary, PictureForm.ImageNet),
        // torchvision's file was trained with other means, and holds the auxiliary outputs too.
        ZooNetwork.Of<GoogLeNet>("googlenet", GoogLeNet.Summary, PictureForm.ImageNet with { Mean = [0.5f, 0.5f, 0.5f], Deviation = [0.5f, 0.5f, 0.5f] }) with
        {
            WeightNames = name => name.StartsWith("aux", StringComparison.Ordinal) ? null : name,
        },
        ZooNetwork.Of<GoogLeNetOriginal>("googlenet-original", GoogLeNetOriginal.Summary, PictureForm.ImageNet),
        ZooNetwork.Of<GoogLeNetAux>("googlenet-aux", GoogLeNetAux.Summary, PictureForm.ImageNet with { Mean = [0.5f, 0.5f, 0.5f], Deviation = [0.5f, 0.5f, 0.5f] }),
        ZooNetwork.Of<GoogLeNetOriginalAux>("googlenet-original-aux", GoogLeNetOriginalAux.Summary, PictureForm.ImageNet),
        ZooNetwork.Of<DenseNet121>("densenet121", DenseNet121.Summary, PictureForm.ImageNet),
        ZooNetwork.Of<UNet>("unet", UNet.Summary, pictures: null),
        ZooNetwork.Of<UNetOriginal>("unet-original", UNetOriginal.Summary, pictures: null),
    ];

    /// <summary>One by its name; null where there is none.</summary>
    public static ZooNetwork? Find(string name) => All.FirstOrDefault(network => network.Name == name);
}
