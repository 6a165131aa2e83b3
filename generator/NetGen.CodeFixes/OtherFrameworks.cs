namespace NetGen.CodeFixes;

/// <summary>What PyTorch, Keras and TensorFlow call layers and their arguments, where NetGen's names are too far from theirs to be guessed.</summary>
internal static class OtherFrameworks
{
    /// <summary>Layers, in small letters without underscores.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Layers = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["dense"] = ["Linear"],
        ["fc"] = ["Linear"],
        ["fullyconnected"] = ["Linear"],
        ["gemm"] = ["Linear"],
        ["conv"] = ["Conv2d"],
        ["convolution"] = ["Conv2d"],
        ["convolution2d"] = ["Conv2d"],
        ["maxpool"] = ["MaxPool2d"],
        ["maxpooling"] = ["MaxPool2d"],
        ["maxpooling2d"] = ["MaxPool2d"],
        ["avgpool"] = ["AvgPool2d"],
        ["averagepool"] = ["AvgPool2d"],
        ["averagepooling"] = ["AvgPool2d"],
        ["averagepooling2d"] = ["AvgPool2d"],
        ["batchnorm"] = ["BatchNorm2d", "BatchNorm1d"],
        ["batchnormalization"] = ["BatchNorm2d", "BatchNorm1d"],
        ["rectifier"] = ["ReLU"],
        ["logistic"] = ["Sigmoid"],
        ["inputlayer"] = ["Input"],
        ["inputshape"] = ["Input"],
    };

    /// <summary>Arguments, in small letters without underscores; a layer has the first of these names that it has at all.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Arguments = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["units"] = ["outFeatures"],
        ["outputs"] = ["outFeatures", "outChannels"],
        ["inputs"] = ["inFeatures", "inChannels"],
        ["outputdim"] = ["outFeatures"],
        ["inputdim"] = ["inFeatures"],
        ["filters"] = ["outChannels"],
        ["numfilters"] = ["outChannels"],
        ["kernel"] = ["kernelSize"],
        ["ksize"] = ["kernelSize"],
        ["filtersize"] = ["kernelSize"],
        ["poolsize"] = ["kernelSize"],
        ["size"] = ["kernelSize"],
        ["step"] = ["stride"],
        ["pad"] = ["padding"],
        ["usebias"] = ["bias"],
        ["rate"] = ["p"],
        ["prob"] = ["p"],
        ["probability"] = ["p"],
        ["epsilon"] = ["Eps"],
        ["numfeatures"] = ["features", "channels"],
        ["numchannels"] = ["channels"],
        ["name"] = ["As"],
    };
}
