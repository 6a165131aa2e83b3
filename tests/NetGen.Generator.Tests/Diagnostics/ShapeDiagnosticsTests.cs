using NetGen.Generator.Tests.Harness;

namespace NetGen.Generator.Tests.Diagnostics;

/// <summary>Each mistake in a shape: its id, the text that is underlined, and its message, from the analyzer alone.</summary>
public class ShapeDiagnosticsTests
{
    public static TheoryData<string, string, string, string> Mistakes => new()
    {
        // The attributes; the id; what is underlined; the message.
        {
            "[Network, Input(1, 28, 28), Conv2d(1, 16, 5, stride: 6), Flatten, Linear(250, 10)]",
            "NG0102", "250", "Linear expects 250 inputs but receives 16×4×4 = 256"
        },
        { "[Network, Input(784), Linear(700, 10)]", "NG0102", "700", "Linear expects 700 inputs but receives 784" },
        { "[Network, Input(784), Linear(outFeatures: 10, inFeatures: 7 * 100)]", "NG0102", "7 * 100", "Linear expects 700 inputs but receives 784" },
        { "[Network, Input(3, 8, 8), Conv2d(1, 6, 5)]", "NG0103", "1", "Conv2d expects 1 input channels but receives 3×8×8" },
        { "[Network, Input(3, 8, 8), BatchNorm2d(4)]", "NG0104", "4", "BatchNorm2d expects 4 channels but receives 3×8×8" },
        { "[Network, Input(8), BatchNorm1d(4)]", "NG0104", "4", "BatchNorm1d expects 4 features but receives 8" },
        {
            "[Network, Input(16, 4, 4), Conv2d(16, 6, 5)]",
            "NG0105", "5", "Conv2d's 5×5 kernel does not fit its 16×4×4 input: output height is (4 + 2·0 − 5) / 1 + 1 = 0"
        },
        {
            "[Network, Input(1, 9, 4), Conv2d(1, 6, new[] { 9, 7 }, padding: new[] { 0, 1 }, stride: new[] { 1, 2 })]",
            "NG0105", "new[] { 9, 7 }", "Conv2d's 9×7 kernel does not fit its 1×9×4 input: output width is (4 + 2·1 − 7) / 2 + 1 = 0"
        },
        { "[Network, Input(1, 1, 1), MaxPool2d(2)]", "NG0105", "2", "MaxPool2d's 2×2 kernel does not fit its 1×1×1 input: output height is (1 + 2·0 − 2) / 2 + 1 = 0" },
        { "[Network, Input(1, 2, 2), Linear(10)]", "NG0106", "Linear(10)", "Linear expects a flat input but receives 1×2×2: put [Flatten] before it, which makes it 4" },
        { "[Network, Input(1, 2, 2), Softmax]", "NG0106", "Softmax", "Softmax expects a flat input but receives 1×2×2: put [Flatten] before it, which makes it 4" },
        { "[Network, Input(1, 2, 2), BatchNorm1d]", "NG0121", "BatchNorm1d", "BatchNorm1d normalises vectors and signals but receives 1×2×2: use BatchNorm2d" },
        { "[Network, Input(4, 9), Conv2d(4, 2, 1)]", "NG0107", "Conv2d(4, 2, 1)", "Conv2d expects channels×height×width but receives 4×9: use Conv1d" },
        { "[Network, Input(4, 2, 3, 5), MaxPool2d(2)]", "NG0107", "MaxPool2d(2)", "MaxPool2d expects channels×height×width but receives 4×2×3×5: use MaxPool3d" },
        { "[Network, Input(4, 6, 6), Conv1d(2, 3)]", "NG0107", "Conv1d(2, 3)", "Conv1d expects channels×length but receives 4×6×6: use Conv2d" },
        { "[Network, Input(16), Conv3d(2, 3)]", "NG0107", "Conv3d(2, 3)", "Conv3d expects channels×depth×height×width but receives 16 flat features" },
        { "[Network, Input(4, 2, 3, 5), PixelShuffle(2)]", "NG0107", "PixelShuffle(2)", "PixelShuffle expects channels×height×width but receives 4×2×3×5" },
        { "[Network, Input(4, 3, 5), ConvTranspose3d(2, 3)]", "NG0107", "ConvTranspose3d(2, 3)", "ConvTranspose3d expects channels×depth×height×width but receives 4×3×5: use ConvTranspose2d" },
        { "[Network, Input(4, 2, 3, 5), Upsample(2, UpsampleMode.Bilinear)]", "NG0131", "UpsampleMode.Bilinear", "Upsample: UpsampleMode.Bilinear is for signals and images but receives 4×2×3×5: use UpsampleMode.Trilinear" },
        { "[Network, Input(4, 3, 5), Upsample(2, mode: UpsampleMode.Trilinear)]", "NG0131", "UpsampleMode.Trilinear", "Upsample: UpsampleMode.Trilinear is for volumes but receives 4×3×5: use UpsampleMode.Bilinear" },
        { "[Network, Input(4, 2, 3, 5), Pad([1, 1, 1, 1])]", "NG0141", "[1, 1, 1, 1]", "Pad: padding takes one number for all sides or six, left, right, top, bottom, front and back, but has 4" },
        { "[Network, Input(4, 3, 5), Crop([1, 1, 1, 1, 1, 1])]", "NG0141", "[1, 1, 1, 1, 1, 1]", "Crop: edges takes one number for all sides or four, left, right, top and bottom, but has 6" },
        { "[Network, Input(4, 2, 3, 5), Crop([0, 0, 0, 0, 1, 1])]", "NG0142", "[0, 0, 0, 0, 1, 1]", "Crop takes away 2 slices but receives 4×2×3×5" },
        { "[Network, Input(4, 2, 3, 5), Pad(2, PadMode.Reflect)]", "NG0142", "2", "Pad mirrors 2 slices, at most 1, but receives 4×2×3×5" },
        { "[Network, Input(3, 1, 4, 4), ConvTranspose3d(8, 2, stride: 2, padding: 1)]", "NG0152", "1", "ConvTranspose3d: nothing is left of the depth of its 3×1×4×4 input: (1 − 1)·2 − 2·1 + (2 − 1) + 0 + 1 = 0" },
        { "[Network, Input(3, 2, 4, 4), ConvTranspose3d(8, [3, 3, 3], outputPadding: [1, 0, 0])]", "NG0153", "[1, 0, 0]", "ConvTranspose3d: outputPadding 1 must be smaller than the stride 1 or the dilation 1" },
        { "[Network, Input(4, 9), PixelShuffle(2)]", "NG0107", "PixelShuffle(2)", "PixelShuffle expects channels×height×width but receives 4×9" },
        { "[Network, Input(4, 9), BatchNorm3d]", "NG0121", "BatchNorm3d", "BatchNorm3d normalises volumes but receives 4×9: use BatchNorm1d" },
        { "[Network, Input(2, 5), Conv1d(3, 4, 2)]", "NG0103", "3", "Conv1d expects 3 input channels but receives 2×5" },
        { "[Network, Input(2, 5), Conv1d(3, 7)]", "NG0105", "7", "Conv1d's 7 kernel does not fit its 2×5 input: output length is (5 + 2·0 − 7) / 1 + 1 = -1" },
        { "[Network, Input(2, 3, 9, 9), Conv3d(3, 4)]", "NG0105", "4", "Conv3d's 4×4×4 kernel does not fit its 2×3×9×9 input: output depth is (3 + 2·0 − 4) / 1 + 1 = 0" },
        { "[Network, Input(2, 3, 9, 9), Conv3d(3, new[] { 2, 2 })]", "NG0118", "new[] { 2, 2 }", "Conv3d: kernelSize takes three numbers, depth, height and width, but has 2" },
        { "[Network, Input(2, 3, 9, 9), MaxPool3d(new[] { 2, 2, 2 }, padding: new[] { 1, 1 })]", "NG0151", "new[] { 1, 1 }", "MaxPool3d: padding takes one number, three, of slices, rows and columns, or six, left, right, top, bottom, front and back, but has 2" },
        { "[Network, Input(2, 5), Conv1d(3, 2, padding: new[] { 1, 1, 1 })]", "NG0151", "new[] { 1, 1, 1 }", "Conv1d: padding takes one number, or two, before and behind, but has 3" },
        { "[Network, Input(2, 5), Pad(new[] { 1, 1, 1, 1 })]", "NG0141", "new[] { 1, 1, 1, 1 }", "Pad: padding takes one number for both sides or two, left and right, but has 4" },
        { "[Network, Input(2, 5, 5), Pad(new[] { 1, 1 })]", "NG0141", "new[] { 1, 1 }", "Pad: padding takes one number for all sides or four, left, right, top and bottom, but has 2" },
        { "[Network, Input(2, 3, 4, 4), Conv3d(3, 3, padding: 3, paddingMode: PadMode.Reflect)]", "NG0142", "3", "Conv3d mirrors 3 slices, at most 2, but receives 2×3×4×4" },
        { "[Network, Input(1, 100000, 100000, 100000), Conv3d(1, 1)]", "NG0111", "Input(1, 100000, 100000, 100000)", "Input: a sample has 214,748,364,700,000 values, more than the 60,000,000 that can be addressed" },
        { "[Network, Input(4), Conv2d(4, 2, 1)]", "NG0107", "Conv2d(4, 2, 1)", "Conv2d expects channels×height×width but receives 4 flat features: are they images, declare [Input(1, 2, 2)]" },
        {
            "[Network, Input(784), Dropout(0.5), Conv2d(1, 6, 5)]",
            "NG0107", "Conv2d(1, 6, 5)", "Conv2d expects channels×height×width but receives 784 flat features: are they images, declare [Input(1, 28, 28)]"
        },
        {
            "[Network, Input(3072), MaxPool2d(2)]",
            "NG0107", "MaxPool2d(2)", "MaxPool2d expects channels×height×width but receives 3072 flat features: are they images, declare [Input(3, 32, 32)]"
        },
        { "[Network, Input(785), Conv2d(1, 6, 5)]", "NG0107", "Conv2d(1, 6, 5)", "Conv2d expects channels×height×width but receives 785 flat features" },
        { "[Network, Input(9), Linear(784), Conv2d(1, 6, 5)]", "NG0107", "Conv2d(1, 6, 5)", "Conv2d expects channels×height×width but receives 784 flat features" },
        {
            "[Network, Input(1, 28, 28), Conv2d(8, 3, 2)]",
            "NG0103", "8", "Conv2d expects 8 input channels but receives 1×28×28; three numbers are input channels, output channels, kernel: for 8 output channels, kernel 3 and stride 2 write [Conv2d(8, 3, stride: 2)]"
        },
        { "[Network, Input(1, 28, 28), Conv2d(8, 16, 3)]", "NG0103", "8", "Conv2d expects 8 input channels but receives 1×28×28" },
        { "[Network, Input(1, 4, 4), Conv2d(1, 2, 3, dilation: 0)]", "NG0108", "0", "Conv2d: dilation must be at least 1 but is 0" },
        {
            "[Network, Input(1, 9, 4), Conv2d(1, 6, 3, dilation: 2)]",
            "NG0105", "3", "Conv2d's 3×3 kernel does not fit its 1×9×4 input: output width is (4 + 2·0 − 2·(3 − 1) − 1) / 1 + 1 = 0"
        },
        {
            "[Network, Input(1, 9, 4), Conv2d(6, [3, 3], padding: [0, 1, 1])]",
            "NG0151", "[0, 1, 1]", "Conv2d: padding takes one number, two, of rows and of columns, or four, left, right, top and bottom, but has 3"
        },
        {
            "[Network, Input(1, 9, 4), AvgPool2d([3, 3], padding: [1])]",
            "NG0151", "[1]", "AvgPool2d: padding takes one number, two, of rows and of columns, or four, left, right, top and bottom, but has 1"
        },
        {
            "[Network, Input(1, 9, 4), Conv2d(6, [3, 7], padding: [1, 1, 0, 0])]",
            "NG0105", "[3, 7]", "Conv2d's 3×7 kernel does not fit its 1×9×4 input: output width is (4 + 2·1 − 7) / 1 + 1 = 0"
        },
        {
            "[Network, Input(1, 9, 4), Conv2d(6, [3, 7], padding: [0, 1, 0, 0])]",
            "NG0105", "[3, 7]", "Conv2d's 3×7 kernel does not fit its 1×9×4 input: output width is (4 + 0 + 1 − 7) / 1 + 1 = -1"
        },
        { "[Network, Input(1, 9, 4), Conv2d(6, [3, 3], padding: [0, 1, -2, 0])]", "NG0108", "[0, 1, -2, 0]", "Conv2d: padding must be at least 0 but is -2" },
        {
            "[Network, Input(1, 9, 4), MaxPool2d(7, 2, ceilMode: true)]",
            "NG0105", "7", "MaxPool2d's 7×7 kernel does not fit its 1×9×4 input: output width is ⌈(4 + 2·0 − 7) / 2⌉ + 1 = 0"
        },
        {
            "[Network, Input(1, 9, 9), MaxPool2d(3, padding: Padding.Full)]",
            "NG0110", "Padding.Full", "MaxPool2d: padding 2 is more than half of the kernel 3; at most 1 keeps every window on the image"
        },
        {
            "[Network, Input(3, 1, 1), ConvTranspose2d(8, 2, stride: 2, padding: 1)]",
            "NG0152", "1", "ConvTranspose2d: nothing is left of the height of its 3×1×1 input: (1 − 1)·2 − 2·1 + (2 − 1) + 0 + 1 = 0"
        },
        {
            "[Network, Input(3, 8, 8), ConvTranspose2d(8, 3, stride: 2, padding: 1, outputPadding: 2)]",
            "NG0153", "2", "ConvTranspose2d: outputPadding 2 must be smaller than the stride 2 or the dilation 1"
        },
        { "[Network, Input(3, 8, 8), ConvTranspose2d(8, 3, padding: Padding.Same)]", "NG0108", "Padding.Same", "ConvTranspose2d: padding must be a number of at least 0 but is Padding.Same" },
        { "[Network, Input(3, 8, 8), ConvTranspose2d(4, 8, 2)]", "NG0103", "4", "ConvTranspose2d expects 4 input channels but receives 3×8×8" },
        { "[Network, Input(6, 8, 8), ConvTranspose2d(8, 3, groups: 4)]", "NG0150", "4", "ConvTranspose2d: 6 input channels do not divide into 4 groups" },
        { "[Network, Input(4), ConvTranspose2d(4, 2)]", "NG0107", "ConvTranspose2d(4, 2)", "ConvTranspose2d expects channels×height×width but receives 4 flat features: are they images, declare [Input(1, 2, 2)]" },
        { "[Network, Input(3, 6, 8), Conv2d(4, 3, padding: 6, paddingMode: PadMode.Reflect)]", "NG0142", "6", "Conv2d mirrors 6 rows, at most 5, but receives 3×6×8" },
        { "[Network, Input(3, 6, 8), Conv2d(4, 3, padding: 7, paddingMode: PadMode.Circular)]", "NG0142", "7", "Conv2d repeats 7 rows, at most 6, but receives 3×6×8" },
        { "[Network, Input(3, 6, 8), Filter2d(3, [1, 2, 1, 2, 4, 2])]", "NG0154", "[1, 2, 1, 2, 4, 2]", "Filter2d: 6 values do not make filters of 3×3 = 9 values each" },
        { "[Network, Input(3, 6, 8), Filter2d([1, 2], [1, double.NaN])]", "NG0108", "[1, double.NaN]", "Filter2d: values must be finite but is NaN" },
        { "[Network, Input(3, 6, 8), AdaptiveAvgPool2d(0)]", "NG0108", "0", "AdaptiveAvgPool2d: outputSize must be at least 1 but is 0" },
        { "[Network, Input(4), GlobalMaxPool2d]", "NG0107", "GlobalMaxPool2d", "GlobalMaxPool2d expects channels×height×width but receives 4 flat features: are they images, declare [Input(1, 2, 2)]" },
        { "[Network, Input(6, 8, 8), Conv2d(6, 8, 3, groups: 4)]", "NG0150", "4", "Conv2d: 6 input channels do not divide into 4 groups" },
        { "[Network, Input(6, 8, 8), Conv2d(8, 3, groups: 3, stride: 2)]", "NG0150", "3", "Conv2d: 8 output channels do not divide into 3 groups" },
        { "[Network, Input(6, 8, 8), Conv2d(6, 3, groups: 0)]", "NG0108", "0", "Conv2d: groups must be at least 1 but is 0" },
        { "[Network, Linear(10), Input(4)]", "NG0120", "Input(4)", "The [Input] of network 'Net' must stand above its layers: their order is the order of the source" },
        { "[Network, Input(4), AvgPool2d(2)]", "NG0107", "AvgPool2d(2)", "AvgPool2d expects channels×height×width but receives 4 flat features: are they images, declare [Input(1, 2, 2)]" },
        { "[Network, Input(4), BatchNorm2d]", "NG0121", "BatchNorm2d", "BatchNorm2d normalises images but receives 4 flat features: use BatchNorm1d" },
        { "[Network, Input(0), Linear(10)]", "NG0108", "0", "Input: features must be at least 1 but is 0" },
        { "[Network, Input(1, -28, 28), Flatten]", "NG0108", "-28", "Input: height must be at least 1 but is -28" },
        { "[Network, Input(4), Linear(4, 0)]", "NG0108", "0", "Linear: outFeatures must be at least 1 but is 0" },
        { "[Network, Input(4), Linear(-4, 1)]", "NG0108", "-4", "Linear: inFeatures must be at least 1 but is -4" },
        { "[Network, Input(1, 4, 4), Conv2d(1, 2, 0)]", "NG0108", "0", "Conv2d: kernelSize must be at least 1 but is 0" },
        { "[Network, Input(1, 4, 4), Conv2d(1, 2, 3, stride: 0)]", "NG0108", "0", "Conv2d: stride must be at least 1 but is 0" },
        { "[Network, Input(1, 4, 4), Conv2d(1, 2, 3, padding: -1)]", "NG0108", "-1", "Conv2d: padding must be at least 0 but is -1" },
        { "[Network, Input(1, 4, 4), MaxPool2d(2, stride: -1)]", "NG0108", "-1", "MaxPool2d: stride must be at least 1 but is -1" },
        { "[Network, Input(8), BatchNorm1d(8, Eps = 0)]", "NG0108", "0", "BatchNorm1d: Eps must be above 0 and at most 1 but is 0" },
        { "[Network, Input(8), BatchNorm1d(8, Momentum = 1.5)]", "NG0108", "1.5", "BatchNorm1d: Momentum must be from 0 to 1 but is 1.5" },
        { "[Network, Input(8), BatchNorm1d(Momentum = 0.2, Cumulative = true)]", "NG0133", "0.2", "BatchNorm1d: Momentum 0.2 says nothing where Cumulative = true has all batches weigh alike: leave one of them out" },
        {
            "[Network, Input(8), BatchNorm1d(Cumulative = true, As = \"norm\"), Linear(8), BatchNorm1d(Weights = \"norm\")]",
            "NG0134", "\"norm\"", "BatchNorm1d cannot share the parameters of 'norm', whose running statistics are the mean of all batches: one that is shared sees each batch several times"
        },
        { "[Network, Input(20, 4, 4), GroupNorm(8)]", "NG0140", "8", "GroupNorm makes 8 groups of equal size but receives 20×4×4, whose 20 channels do not divide by that" },
        { "[Network, Input(9), GroupNorm(2)]", "NG0140", "2", "GroupNorm makes 2 groups of equal size but receives 9, whose 9 channels do not divide by that" },
        { "[Network, Input(9), GroupNorm(0)]", "NG0108", "0", "GroupNorm: groups must be at least 1 but is 0" },
        { "[Network, Input(8, 2, 2), GroupNorm(2, 9)]", "NG0104", "9", "GroupNorm expects 9 channels but receives 8×2×2" },
        { "[Network, Input(8, 2, 2), InstanceNorm2d(4)]", "NG0104", "4", "InstanceNorm2d expects 4 channels but receives 8×2×2" },
        { "[Network, Input(4), InstanceNorm2d]", "NG0107", "InstanceNorm2d", "InstanceNorm2d expects channels×height×width but receives 4 flat features: are they images, declare [Input(1, 2, 2)]" },
        { "[Network, Input(16, 28, 28), LayerNorm(27, 28)]", "NG0132", "27", "LayerNorm normalises the last dimensions 27×28 but receives 16×28×28" },
        { "[Network, Input(16, 28, 28), LayerNorm([16, 28])]", "NG0132", "[16, 28]", "LayerNorm normalises the last dimensions 16×28 but receives 16×28×28" },
        { "[Network, Input(8), LayerNorm(1, 8, Eps = 0.01)]", "NG0132", "1", "LayerNorm normalises the last dimensions 1×8 but receives 8" },
        { "[Network, Input(4, 7), LayerNorm(0)]", "NG0132", "0", "LayerNorm normalises the last dimensions 0 but receives 4×7" },
        { "[Network, Input(4), LayerNorm(Eps = 0)]", "NG0108", "0", "LayerNorm: Eps must be above 0 and at most 1 but is 0" },
        { "[Network, Input(8, 2, 2), Dropout2d(1.5)]", "NG0109", "1.5", "Dropout2d: p must be at least 0 and below 1 but is 1.5" },
        { "[Network, Input(4), Dropout2d]", "NG0107", "Dropout2d", "Dropout2d expects channels×height×width but receives 4 flat features: are they images, declare [Input(1, 2, 2)]" },
        { "[Network, Input(8, 2, 2), LocalResponseNorm(0)]", "NG0108", "0", "LocalResponseNorm: size must be at least 1 but is 0" },
        { "[Network, Input(8, 2, 2), LocalResponseNorm(5, alpha: -1)]", "NG0108", "-1", "LocalResponseNorm: alpha must be at least 0 and finite but is -1" },
        { "[Network, Input(8, 2, 2), LocalResponseNorm(5, beta: -1)]", "NG0108", "-1", "LocalResponseNorm: beta must be at least 0 and finite but is -1" },
        { "[Network, Input(8, 2, 2), LocalResponseNorm(5, k: -1)]", "NG0108", "-1", "LocalResponseNorm: k must be at least 0 and finite but is -1" },
        { "[Network, Input(4), LocalResponseNorm(5)]", "NG0107", "LocalResponseNorm(5)", "LocalResponseNorm expects channels×height×width but receives 4 flat features: are they images, declare [Input(1, 2, 2)]" },
        { "[Network, Input(3, 8, 8), Pad([1, 2])]", "NG0141", "[1, 2]", "Pad: padding takes one number for all sides or four, left, right, top and bottom, but has 2" },
        { "[Network, Input(3, 8, 8), Crop([1, 2, 3])]", "NG0141", "[1, 2, 3]", "Crop: edges takes one number for all sides or four, left, right, top and bottom, but has 3" },
        { "[Network, Input(3, 8, 8), Pad([1, 2, -3, 4])]", "NG0108", "[1, 2, -3, 4]", "Pad: padding must be at least 0 but is -3" },
        { "[Network, Input(3, 8, 8), Crop(-1)]", "NG0108", "-1", "Crop: edges must be at least 0 but is -1" },
        { "[Network, Input(3, 8, 8), Crop(4)]", "NG0142", "4", "Crop takes away 8 columns but receives 3×8×8" },
        { "[Network, Input(3, 6, 8), Crop([0, 0, 3, 3])]", "NG0142", "[0, 0, 3, 3]", "Crop takes away 6 rows but receives 3×6×8" },
        { "[Network, Input(3, 6, 8), Pad([0, 0, 6, 0], PadMode.Reflect)]", "NG0142", "[0, 0, 6, 0]", "Pad mirrors 6 rows, at most 5, but receives 3×6×8" },
        { "[Network, Input(3, 6, 8), Pad(7, PadMode.Circular)]", "NG0142", "7", "Pad repeats 7 rows, at most 6, but receives 3×6×8" },
        { "[Network, Input(8), Pad(1)]", "NG0107", "Pad(1)", "Pad expects channels×height×width but receives 8 flat features" },
        { "[Network, Input(3, 8, 8), Subsample(0)]", "NG0108", "0", "Subsample: step must be at least 1 but is 0" },
        { "[Network, Input(3, 8, 8), Upsample(0)]", "NG0108", "0", "Upsample: scaleFactor must be at least 1 but is 0" },
        { "[Network, Input(3, 8, 8), PadChannels(-1, 2)]", "NG0108", "-1", "PadChannels: before must be at least 0 but is -1" },
        { "[Network, Input(3, 8, 8), PadChannels(1, after: -2)]", "NG0108", "-2", "PadChannels: after must be at least 0 but is -2" },
        { "[Network, Input(8), LeakyReLU(-0.5)]", "NG0108", "-0.5", "LeakyReLU: negativeSlope must be at least 0 and finite but is -0.5" },
        { "[Network, Input(8), ELU(1e39)]", "NG0108", "1e39", "ELU: alpha must be finite but is 1E+39" },
        { "[Network, Input(8), Softplus(0)]", "NG0108", "0", "Softplus: beta must be above 0 and finite but is 0" },
        { "[Network, Input(8), Softplus(threshold: double.NaN)]", "NG0108", "double.NaN", "Softplus: threshold must be finite but is NaN" },
        { "[Network, Input(8), Scale(double.PositiveInfinity)]", "NG0108", "double.PositiveInfinity", "Scale: factor must be finite but is Infinity" },
        { "[Network, Input(4), Linear(8, Init = Init.Normal, InitStd = -0.5)]", "NG0108", "-0.5", "Linear: InitStd must be at least 0 and finite but is -0.5" },
        { "[Network, Input(4), Linear(8, Init = Init.TruncatedNormal, InitStd = 0)]", "NG0108", "0", "Linear: InitStd must be above 0 and finite but is 0" },
        { "[Network, Input(4), Linear(8, Init = Init.KaimingNormal, InitGain = 0)]", "NG0108", "0", "Linear: InitGain must be above 0 and finite but is 0" },
        { "[Network, Input(4), Linear(8, Init = Init.KaimingNormal, InitFan = (Fan)2)]", "NG0108", "(Fan)2", "Linear: InitFan must be one of Fan but is 2" },
        { "[Network, Input(4), Linear(8, BiasInit = Init.Constant, BiasInitValue = double.NaN)]", "NG0108", "double.NaN", "Linear: BiasInitValue must be finite but is NaN" },
        { "[Network, Input(4), Linear(8, Init = (Init)99)]", "NG0108", "(Init)99", "Linear: Init must be one of Init but is 99" },
        { "[Network, Input(4), Linear(8, BiasInit = Init.Orthogonal)]", "NG0143", "Init.Orthogonal", "Linear: Init.Orthogonal is for weights of two dimensions or more, but bias has shape [8]" },
        { "[Network, Input(4), BatchNorm1d(Init = Init.XavierUniform)]", "NG0143", "Init.XavierUniform", "BatchNorm1d: Init.XavierUniform is for weights of two dimensions or more, but weight has shape [4]" },
        { "[Network, Input(4), Linear(8, Init = Init.Normal, InitGain = 2)]", "NG0144", "2", "Linear: InitGain says nothing to Init.Normal, whose numbers are: InitMean, InitStd" },
        { "[Network, Input(4), Linear(8, BiasInitValue = 2)]", "NG0144", "2", "Linear: BiasInitValue says nothing to Init.Default, whose numbers are: none" },
        { "[Network, Input(4), Linear(8, bias: false, BiasInit = Init.Zeros)]", "NG0145", "Init.Zeros", "Linear: BiasInit has nothing to fill, because the layer has no bias" },
        { "[Network, Input(4, 2, 2), InstanceNorm2d(Init = Init.Zeros)]", "NG0145", "Init.Zeros", "InstanceNorm2d: Init has nothing to fill, because the layer has no weight" },
        { "[Network, Input(4), Linear(8, Init = Init.Uniform, InitLow = 1)]", "NG0146", "1", "Linear: Init.Uniform draws from 1 to 1: the first must be below the second" },
        { "[Network, Input(4), Linear(8, Init = Init.TruncatedNormal, InitLow = -4, InitHigh = -5)]", "NG0146", "-5", "Linear: Init.TruncatedNormal draws from -4 to -5: the first must be below the second" },
        { "[Network, Initialize(Init = Init.Normal, InitStd = -1), Input(4), Linear(8), Linear(8)]", "NG0108", "-1", "Initialize: InitStd must be at least 0 and finite but is -1" },
        { "[Network, Input(4), Initialize(BiasInit = Init.Constant, BiasInitStd = 3), Linear(8)]", "NG0144", "3", "Initialize: BiasInitStd says nothing to Init.Constant, whose numbers are: BiasInitValue" },
        { "[Network, Input(4), Linear(8), Initialize(BiasInit = Init.XavierNormal), Linear(8)]", "NG0143", "Init.XavierNormal", "Initialize: Init.XavierNormal is for weights of two dimensions or more, but biases have one" },
        { "[Network, Input(1, 2, 2), LogSoftmax(dim: 2)]", "NG0108", "2", "LogSoftmax: dim must be 1, the channels or features, but is 2" },
        { "[Network, Input(256), Reshape(16, 4, 5)]", "NG0147", "16", "Reshape makes 16×4×5 = 320 values but receives 256" },
        { "[Network, Input(3, 5, 5), Reshape(15, -1, 2)]", "NG0147", "15", "Reshape makes a multiple of 30 values, 15×?×2, but receives 3×5×5 = 75" },
        { "[Network, Input(3, 5, 5), Reshape(74)]", "NG0147", "74", "Reshape makes 74 values but receives 3×5×5 = 75" },
        { "[Network, Input(3, 5, 5), Reshape(3, 0, -1)]", "NG0108", "0", "Reshape: height must be at least 1, or -1 for what is left over, but is 0" },
        { "[Network, Input(3, 5, 5), Reshape(-1, 5, -1)]", "NG0108", "-1", "Reshape: width must be at least 1, another being -1 already, but is -1" },
        { "[Network, Input(10, 4, 4), PixelShuffle(2)]", "NG0148", "2", "PixelShuffle expects a number of channels that divides by 2² = 4 but receives 10×4×4" },
        { "[Network, Input(10, 4, 3), PixelUnshuffle(2)]", "NG0148", "2", "PixelUnshuffle expects a height and a width that divide by 2 but receives 10×4×3" },
        { "[Network, Input(10, 4, 4), PixelShuffle(0)]", "NG0108", "0", "PixelShuffle: upscaleFactor must be at least 1 but is 0" },
        { "[Network, Input(10), PixelUnshuffle(2)]", "NG0107", "PixelUnshuffle(2)", "PixelUnshuffle expects channels×height×width but receives 10 flat features" },
        { "[Network, Input(8), Dropout(1.0)]", "NG0109", "1.0", "Dropout: p must be at least 0 and below 1 but is 1" },
        { "[Network, Input(8), Dropout(p: -0.5)]", "NG0109", "-0.5", "Dropout: p must be at least 0 and below 1 but is -0.5" },
        { "[Network, Input(8), Dropout(double.NaN)]", "NG0109", "double.NaN", "Dropout: p must be at least 0 and below 1 but is NaN" },
        {
            "[Network, Input(1, 8, 8), MaxPool2d(3, padding: 2)]",
            "NG0110", "2", "MaxPool2d: padding 2 is more than half of the kernel 3; at most 1 keeps every window on the image"
        },
        {
            "[Network, Input(1, 8, 8), AvgPool2d([4, 2], padding: [2, 2])]",
            "NG0110", "[2, 2]", "AvgPool2d: padding 2 is more than half of the kernel 2; at most 1 keeps every window on the image"
        },
        {
            "[Network, Input(1, 1000, 1000), Conv2d(1, 100, 1)]",
            "NG0111", "Conv2d(1, 100, 1)", "Conv2d: its output has 100,000,000 values, more than the 60,000,000 that can be addressed"
        },
        {
            "[Network, Input(100000, 100000, 100000), Flatten]",
            "NG0111", "Input(100000, 100000, 100000)", "Input: a sample has 1,000,000,000,000,000 values, more than the 60,000,000 that can be addressed"
        },
        {
            "[Network, Input(50000), Linear(50000), Linear(10)]",
            "NG0112", "Net", "Network 'Net' has 2,500,550,010 parameters, more than the 1,073,741,824 that can be addressed"
        },
        {
            "[Network, Input(1, 1000, 1000), Conv2d(1, 48, 1), ReLU, ReLU, ReLU, ReLU, ReLU, ReLU, ReLU, ReLU, ReLU, ReLU, ReLU]",
            "NG0112", "Net", "Network 'Net' has 576,000,000 values per sample with channels in blocks of 16, more than the 536,870,912 that can be addressed"
        },
        {
            "[Network, Input(1, 4300, 4300), Conv2d(1, 3), Conv2d(1, 3)]",
            "NG0112", "Net", "Network 'Net' has 590,854,720 values per sample with channels in blocks of 16, more than the 536,870,912 that can be addressed"
        },
        {
            "[Network, Input(50000000, 1, 1), Conv2d(1, 3, padding: 1)]",
            "NG0112", "Net", "Network 'Net' has 7,200,000,016 parameters with channels in blocks of 16, more than the 1,073,741,824 that can be addressed"
        },
        { "[Network, Linear(10)]", "NG0113", "Net", "Network 'Net' has no [Input]: add [Input(channels, height, width)] or [Input(features)]" },
        { "[Network, Input(4), Input(5), Linear(4, 10)]", "NG0114", "Input(5)", "Network 'Net' has a second [Input]: a network has exactly one" },
        { "[Network, Input(4)]", "NG0115", "Net", "Network 'Net' has no layer: add at least one, for example [Linear(10)]" },
        { "[Network, Input(4), Linear(4, As = \"a\"), Linear(4, As = \"a\")]", "NG0116", "\"a\"", "Layer name 'a' is used twice in 'Net'" },
        { "[Network, Input(4), Linear(4), Linear(4, As = \"linear1\")]", "NG0116", "\"linear1\"", "Layer name 'linear1' is used twice in 'Net'" },
        { "[Network, Input(4), Linear(4, As = \"linear2\"), Linear(4)]", "NG0116", "\"linear2\"", "Layer name 'linear2' is used twice in 'Net'" },
        {
            "[Network, Input(4), Linear(4, As = \"a.b\"), Linear(4, As = \"a_b\")]",
            "NG0116", "\"a_b\"", "Layer name 'a_b' is used twice in 'Net', where 'a.b' has the same member 'AB'"
        },
        {
            "[Network, Input(4), Linear(4, As = \"a-b\")]",
            "NG0117", "\"a-b\"", "Layer name 'a-b' cannot be used: a name is letters, digits and underscores, in parts that are separated by dots and each have a letter or digit"
        },
        {
            "[Network, Input(4), Linear(4, As = \"\")]",
            "NG0117", "\"\"", "Layer name '' cannot be used: a name is letters, digits and underscores, in parts that are separated by dots and each have a letter or digit"
        },
        {
            "[Network, Input(4), Linear(4, As = \"a\"), ReLU, Add(\"A\")]",
            "NG0122", "\"A\"", "Add takes the output of 'A', and no layer above it has that name: there are input, a, relu1"
        },
        {
            "[Network, Input(4), Linear(4), Add(\"input\", \"relu1\"), ReLU]",
            "NG0122", "\"relu1\"", "Add takes the output of 'relu1', and no layer above it has that name: there are input, linear1"
        },
        {
            "[Network, Input(4), Linear(4, From = \"linear1\")]",
            "NG0122", "\"linear1\"", "Linear takes the output of 'linear1', and no layer above it has that name: there are input"
        },
        {
            "[Network, Input(4), Linear(4), Linear(5, From = \"\")]",
            "NG0122", "\"\"", "Linear takes the output of '', and no layer above it has that name: there are input, linear1"
        },
        {
            "[Network, Input(4), Linear(4), Multiply(\"linear1\", null!)]",
            "NG0122", "null!", "Multiply takes the output of '', and no layer above it has that name: there are input, linear1"
        },
        {
            "[Network, Input(16, 8, 8), Conv2d(32, 3, padding: 1, stride: 2, As = \"down\"), Add(\"input\")]",
            "NG0123", "\"input\"", "Add takes outputs of equal shape, but 'down' is 32×4×4 and 'input' is 16×8×8"
        },
        {
            "[Network, Input(4), Linear(4), Linear(3), Linear(3), Multiply(\"linear2\", \"linear1\"), Linear(3)]",
            "NG0123", "\"linear1\"", "Multiply takes outputs of equal shape, but 'linear3' is 3 and 'linear1' is 4"
        },
        {
            "[Network, Input(3, 2, 2), ReLU, Flatten, Add(\"relu1\")]",
            "NG0123", "\"relu1\"", "Add takes outputs of equal shape, but 'flatten' is 12 and 'relu1' is 3×2×2"
        },
        {
            "[Network, Input(3, 8, 8), Conv2d(4, 3), Conv2d(4, 3), Concat(\"conv1\", \"input\")]",
            "NG0123", "\"conv1\"", "Concat takes outputs of equal height and width, but 'conv2' is 4×4×4 and 'conv1' is 4×6×6"
        },
        {
            "[Network, Input(3, 2, 2), ReLU, Flatten, Concat(\"flatten\", \"relu1\")]",
            "NG0123", "\"relu1\"", "Concat takes outputs of equal height and width, but 'flatten' is 12 and 'relu1' is 3×2×2"
        },
        { "[Network, Input(4), GlobalAvgPool2d]", "NG0107", "GlobalAvgPool2d", "GlobalAvgPool2d expects channels×height×width but receives 4 flat features: are they images, declare [Input(1, 2, 2)]" },
        { "[Network, Input(4), Linear(4), ReLU, Add]", "NG0124", "Add", "Add names no layer: name at least one above it, as in [Add(\"input\")]" },
        { "[Network, Input(4), Multiply()]", "NG0124", "Multiply()", "Multiply names no layer: name at least one above it, as in [Multiply(\"input\")]" },
        {
            "[Network, Input(4), Linear(4, As = \"a\"), Linear(4, From = \"input\")]",
            "NG0125", "Linear(4, As = \"a\")", "The output of 'a' is never used: take it somewhere with From = \"a\", [Add(\"a\")] or [Concat(\"a\")], or remove the layer"
        },
        {
            "[Network, Input(8), Linear(8, As = \"first\"), ReLU, Linear(8, Weights = \"fisrt\")]",
            "NG0160", "\"fisrt\"", "Linear takes the parameters of 'fisrt', and no layer above it has that name: there is first"
        },
        {
            "[Network, Input(1, 4, 4), Conv2d(1, 3, Weights = \"a\", As = \"a\")]",
            "NG0160", "\"a\"", "Conv2d takes the parameters of 'a', and no layer above it has that name: there is no Conv2d"
        },
        {
            "[Network, Input(4), LayerNorm, ReLU, LayerNorm, LayerNorm(Weights = \"layernorm\")]",
            "NG0160", "\"layernorm\"", "LayerNorm takes the parameters of 'layernorm', and no layer above it has that name: there are layernorm1, layernorm2"
        },
        { "[Network, Input(4), Linear(4, Weights = \"input\")]", "NG0160", "\"input\"", "Linear takes the parameters of 'input', which is no layer: name a Linear above it" },
        {
            "[Network, Input(2, 4, 4), InstanceNorm2d(As = \"a\"), InstanceNorm2d(Weights = \"a\")]",
            "NG0160", "\"a\"", "InstanceNorm2d takes the parameters of 'a', which has none"
        },
        {
            "[Network, Input(8), Linear(8, As = \"first\"), LayerNorm(Weights = \"first\")]",
            "NG0161", "\"first\"", "LayerNorm takes the parameters of 'first', which is a Linear: layers share those of their own kind"
        },
        {
            "[Network, Input(8), Linear(8, As = \"first\"), ReLU, Linear(8, bias: false, Weights = \"first\")]",
            "NG0162", "\"first\"", "Linear takes the parameters of 'first', which are weight [8, 8], bias [8], but its own would be weight [8, 8]"
        },
        {
            "[Network, Input(2, 6, 6), Conv2d(2, 3, As = \"a\"), Conv2d(2, 3, padding: 1, Weights = \"a\"), ReLU, Conv2d(4, 3, Weights = \"a\")]",
            "NG0162", "\"a\"", "Conv2d takes the parameters of 'a', which are weight [2, 2, 3, 3], bias [2], but its own would be weight [4, 2, 3, 3], bias [4]"
        },
        {
            "[Network, Input(8), Linear(8, As = \"first\"), ReLU, Linear(8, Weights = \"first\", Frozen = true)]",
            "NG0163", "true", "Linear is frozen but takes the parameters of 'first', which trains: freeze that Linear as well"
        },
        {
            "[Network, Input(8), Linear(8, As = \"a\"), Output(\"x\", From = \"b\"), Linear(2)]",
            "NG0122", "\"b\"", "Output takes the output of 'b', and no layer above it has that name: there are input, a"
        },
        { "[Network, Input(8), Linear(8), Output(\"1st\"), Linear(2)]", "NG0164", "\"1st\"", "Output name '1st' cannot be used: a name is letters, digits and underscores, a letter first, and neither 'input' nor 'output'" },
        { "[Network, Input(8), Linear(8), Output(\"output\"), Linear(2)]", "NG0164", "\"output\"", "Output name 'output' cannot be used: a name is letters, digits and underscores, a letter first, and neither 'input' nor 'output'" },
        { "[Network, Input(8), Linear(8), Output(null!), Linear(2)]", "NG0164", "null!", "Output name '' cannot be used: a name is letters, digits and underscores, a letter first, and neither 'input' nor 'output'" },
        {
            "[Network, Input(8), Linear(8), Output(\"x\"), ReLU, Output(\"x\"), Linear(2)]",
            "NG0165", "\"x\"", "Output name 'x' is used twice in 'Net'"
        },
        {
            "[Network, Input(8), Linear(8, As = \"x.output\"), Output(\"x\"), Linear(2)]",
            "NG0165", "\"x\"", "Output name 'x' is used twice in 'Net', where layer 'x.output' has the same member 'XOutput'"
        },
        {
            "[Network, Input(8), Linear(8), Output(\"x\"), Linear(2, As = \"x.output\")]",
            "NG0165", "\"x\"", "Output name 'x' is used twice in 'Net', where layer 'x.output' has the same member 'XOutput'"
        },
        { "[Network, Input(8), Output(\"x\"), Linear(2)]", "NG0166", "\"x\"", "Output 'x' is the network's input: name the output of another layer above it, as in From = \"linear1\"" },
        {
            "[Network, Input(8), Linear(8, As = \"a\"), Output(\"x\"), Output(\"y\", From = \"a\"), Linear(2)]",
            "NG0166", "\"a\"", "Output 'y' is that of 'a', which is output 'x' already: name the output of another layer above it, as in From = \"linear1\""
        },
        {
            "[Network, Input(8), Linear(8), Output(\"x\")]",
            "NG0166", "\"x\"", "Output 'x' is that of 'linear1', the last layer, which is the main output already: name the output of another layer above it, as in From = \"linear1\""
        },
        {
            "[Network, Input(1, 4, 4), Conv2d(1, 2, new[] { 1, 2, 3 })]",
            "NG0118", "new[] { 1, 2, 3 }", "Conv2d: kernelSize takes two numbers, height and width, but has 3"
        },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task Each_is_reported_once_at_its_argument(string attributes, string id, string span, string message)
    {
        string source = $"{Compilations.Preamble}{attributes} public partial class Net;";
        (await Analysis.Analyze(source)).ShouldBe([new Finding(id, span, message)]);
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task Each_is_the_only_error_beside_code_that_calls_the_members(string attributes, string id, string span, string message)
    {
        string source = $"{Compilations.Preamble}{attributes} public partial class Net;";
        Generation generation = Generation.Run(source, Callers.Of("Net"));
        generation.Reported.ShouldBeEmpty();
        generation.Errors.ShouldBeEmpty();
        (await Analysis.Analyze(generation.Compilation)).ShouldBe([new Finding(id, span, message)]);
    }

    [Theory]
    [InlineData("[Network, Input(8), Linear(7, 6), ReLU, Linear(6, 5), BatchNorm1d(5), Linear(5, 4)]")]
    [InlineData("[Network, Input(3, 8, 8), Conv2d(1, 4, 3), BatchNorm2d(4), Flatten, Linear(144, 10)]")]
    [InlineData("[Network, Input(3, 8, 8), BatchNorm2d(7), Conv2d(3, 4, 3), Flatten, Linear(144, 10)]")]
    [InlineData("[Network, Input(3, 8, 8), Linear(192, 4), Linear(4, 10), Softmax]")]
    [InlineData("[Network, Input(3, 2, 2), Conv2d(3, 4, 3), Flatten, Linear(1, 10)]")]
    [InlineData("[Network, Input(3, 0, 2), Conv2d(3, 4, 3), Flatten, Linear(1, 10)]")]
    [InlineData("[Network, Input(8), Dropout(2), Linear(8, 10)]")]
    [InlineData("[Network, Conv2d(3, 4, 3), Linear(1, 10)]")]
    public async Task One_mistake_is_one_error_whatever_comes_behind_it(string attributes) =>
        (await Analysis.Analyze($"{Compilations.Preamble}{attributes} public partial class Net;")).Length.ShouldBe(1);

    [Fact]
    public async Task Two_mistakes_are_two_errors()
    {
        const string attributes = "[Network, Input(8), Linear(7, 6), ReLU, Linear(5, 5)]";
        (await Analysis.Analyze($"{Compilations.Preamble}{attributes} public partial class Net;")).Select(finding => finding.Span).ShouldBe(["7", "5"]);
    }

    [Theory]
    [InlineData("[Network, Input(8), Linear(8, count)] public partial class Net { const string count = \"\"; }")]
    [InlineData("[Network, Input(8), Linear(\"a\"), Linear(3, 3)] public partial class Net;")]
    [InlineData("[Network, Input(8), Linear(), Linear(3, 3)] public partial class Net;")]
    [InlineData("[Network, Input(nothing), Linear(3, 3)] public partial class Net;")]
    [InlineData("[Network, Input(8), Dropout(q: 0.5), Linear(3, 3)] public partial class Net;")]
    [InlineData("[Network, Input(1, 8, 8), Conv2d(1, 2, new[] { 1, x }), Linear(3, 3)] public partial class Net;")]
    [InlineData("[Network, Input(8), Linear(8, 2, As = 3)] public partial class Net;")]
    [InlineData("[Network, Input(8), Linear(8, 2] public partial class Net;")]
    [InlineData("[Network, Input(8), Nonsense(8, 2)] public partial class Net;")]
    [InlineData("[Network, Input(8), Linear(8, 2)] public partial struct Net;")]
    public Task What_does_not_compile_is_the_compilers_to_report(string source) => Told.ByTheCompiler(source);

    [Fact]
    public async Task A_wrong_shape_cannot_be_disabled_in_the_source()
    {
        string source = Compilations.Preamble + "#pragma warning disable NG0102\n[Network, Input(8), Linear(7, 6)] public partial class Net;";
        (await Analysis.Analyze(source)).Select(finding => finding.Id).ShouldBe(["NG0102"]);
    }

    [Fact]
    public async Task A_wrong_shape_cannot_be_configured_away()
    {
        var compilation = Compilations.Create(Compilations.Preamble + "[Network, Input(8), Linear(7, 6)] public partial class Net;");
        var options = compilation.Options.WithSpecificDiagnosticOptions(
            [new("NG0102", Microsoft.CodeAnalysis.ReportDiagnostic.Suppress)]);
        (await Analysis.Analyze(compilation.WithOptions(options))).Select(finding => finding.Id).ShouldBe(["NG0102"]);
    }
}
