using NetGen;

namespace ModelZoo;

/// <summary>
/// MobileNet 0.25-128 as TensorFlow has it: normalisations folded into the convolutions, zeros only on the right and below where an image is halved, a class
/// more, which is the background.
/// </summary>
[Network, Input(3, 128, 128)]
[Conv2d(8, 3, stride: 2, padding: Padding.Same, As = "conv0"), ReLU6]
[Conv2d(8, 3, padding: Padding.Same, groups: 8, As = "dw1"), ReLU6, Conv2d(16, 1, As = "pw1"), ReLU6]
[Conv2d(16, 3, stride: 2, padding: Padding.Same, groups: 16, As = "dw2"), ReLU6, Conv2d(32, 1, As = "pw2"), ReLU6]
[Conv2d(32, 3, padding: Padding.Same, groups: 32, As = "dw3"), ReLU6, Conv2d(32, 1, As = "pw3"), ReLU6]
[Conv2d(32, 3, stride: 2, padding: Padding.Same, groups: 32, As = "dw4"), ReLU6, Conv2d(64, 1, As = "pw4"), ReLU6]
[Conv2d(64, 3, padding: Padding.Same, groups: 64, As = "dw5"), ReLU6, Conv2d(64, 1, As = "pw5"), ReLU6]
[Conv2d(64, 3, stride: 2, padding: Padding.Same, groups: 64, As = "dw6"), ReLU6, Conv2d(128, 1, As = "pw6"), ReLU6]
[Conv2d(128, 3, padding: Padding.Same, groups: 128, As = "dw7"), ReLU6, Conv2d(128, 1, As = "pw7"), ReLU6]
[Conv2d(128, 3, padding: Padding.Same, groups: 128, As = "dw8"), ReLU6, Conv2d(128, 1, As = "pw8"), ReLU6]
[Conv2d(128, 3, padding: Padding.Same, groups: 128, As = "dw9"), ReLU6, Conv2d(128, 1, As = "pw9"), ReLU6]
[Conv2d(128, 3, padding: Padding.Same, groups: 128, As = "dw10"), ReLU6, Conv2d(128, 1, As = "pw10"), ReLU6]
[Conv2d(128, 3, padding: Padding.Same, groups: 128, As = "dw11"), ReLU6, Conv2d(128, 1, As = "pw11"), ReLU6]
[Conv2d(128, 3, stride: 2, padding: Padding.Same, groups: 128, As = "dw12"), ReLU6, Conv2d(256, 1, As = "pw12"), ReLU6]
[Conv2d(256, 3, padding: Padding.Same, groups: 256, As = "dw13"), ReLU6, Conv2d(256, 1, As = "pw13"), ReLU6]
[Conv2d(1001, 1, As = "logits"), GlobalAvgPool2d]
public partial class MobileNet025x128TensorFlow;
