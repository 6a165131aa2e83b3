using NetGen;

namespace ModelZoo.Blocks;

/// <summary>GoogLeNet's auxiliary classifier, which training has beside the main one (Szegedy et al., 2015, arXiv:1409.4842, section 5).</summary>
[Block]
[AvgPool2d(5, stride: 3), Conv2d(128, 1, As = "conv"), ReLU, Flatten, Linear(1024, As = "fc1"), ReLU, Dropout(0.7), Linear(1000, As = "fc2")]
public abstract class Auxiliary;
