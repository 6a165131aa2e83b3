using NetGen;

namespace ModelZoo.Blocks;

/// <summary>torchvision's auxiliary classifier of GoogLeNet, which training has beside the main one.</summary>
[Block]
[AdaptiveAvgPool2d(4), Use<NormedConv>(128, As = "conv"), Flatten, Linear(1024, As = "fc1"), ReLU, Dropout(0.7), Linear(1000, As = "fc2")]
public abstract class NormedAuxiliary;
