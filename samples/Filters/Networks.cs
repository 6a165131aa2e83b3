using NetGen;

namespace FiltersSample;

/// <summary>Means and bells, which smooth.</summary>
[Network, Input(1, 96, 96)]
[Filter2d([ImageFilter.Box3, ImageFilter.Box5, ImageFilter.Gaussian3, ImageFilter.Gaussian5], padding: Padding.Same, paddingMode: PadMode.Replicate)]
public partial class Smoothing;

/// <summary>Differences, which find edges.</summary>
[Network, Input(1, 96, 96)]
[Filter2d([ImageFilter.SobelX, ImageFilter.SobelY, ImageFilter.ScharrX, ImageFilter.ScharrY, ImageFilter.Laplacian], padding: Padding.Same, paddingMode: PadMode.Replicate)]
public partial class Edges;

/// <summary>Edges by the side on which it is lighter: right, upper right, up, upper left.</summary>
[Network, Input(1, 96, 96)]
[Filter2d(3, [-1, 0, 1, -2, 0, 2, -1, 0, 1, 0, 1, 2, -1, 0, 1, -2, -1, 0, 1, 2, 1, 0, 0, 0, -1, -2, -1, 2, 1, 0, 1, 0, -1, 0, -1, -2], padding: Padding.Same, paddingMode: PadMode.Replicate)]
public partial class OrientedEdges;

/// <summary>A signal smoothed along its only axis by a bell of 15 values.</summary>
[Network, Input(1, 1, 256)]
[Filter2d([1, 15], [0.0088, 0.0182, 0.0336, 0.0553, 0.0816, 0.1078, 0.1273, 0.1348, 0.1273, 0.1078, 0.0816, 0.0553, 0.0336, 0.0182, 0.0088], padding: [0, Padding.Same], paddingMode: PadMode.Replicate)]
public partial class SignalSmoothing;

/// <summary>Edges that are lighter on the right, then upright lines of such edges.</summary>
[Network, Input(1, 96, 96)]
[Filter2d(ImageFilter.SobelX, padding: Padding.Same, paddingMode: PadMode.Replicate), ReLU(As = "edges")]
[Filter2d([15, 1], [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], padding: [Padding.Same, 0])]
public partial class Lines;

/// <summary>Nine taps, two pixels apart.</summary>
[Network, Input(1, 96, 96), Conv2d(1, 3, padding: Padding.Same, dilation: 2, bias: false, As = "conv")]
public partial class Dilated2;

/// <summary>Nine taps, four pixels apart.</summary>
[Network, Input(1, 96, 96), Conv2d(1, 3, padding: Padding.Same, dilation: 4, bias: false, As = "conv")]
public partial class Dilated4;

/// <summary>The kernel turned round: a convolution as mathematics has it.</summary>
[Network, Input(1, 96, 96), Conv2d(1, 3, padding: Padding.Same, bias: false, As = "conv", FlipKernel = true)]
public partial class TrueConvolution;

/// <summary>Windows that lie wholly on the image.</summary>
[Network, Input(1, 96, 96), Conv2d(1, 3, padding: Padding.Valid, bias: false, As = "conv")]
public partial class ValidBorder;

/// <summary>Zeros around the image; and a cross-correlation.</summary>
[Network, Input(1, 96, 96), Conv2d(1, 3, padding: Padding.Same, bias: false, As = "conv")]
public partial class SameBorder;

/// <summary>Every window that sees a pixel.</summary>
[Network, Input(1, 96, 96), Conv2d(1, 3, padding: Padding.Full, bias: false, As = "conv")]
public partial class FullBorder;

/// <summary>The other side of the image around it.</summary>
[Network, Input(1, 96, 96), Conv2d(1, 3, padding: Padding.Same, paddingMode: PadMode.Circular, bias: false, As = "conv")]
public partial class CircularBorder;

/// <summary>The image mirrored around it.</summary>
[Network, Input(1, 96, 96), Conv2d(1, 3, padding: Padding.Same, paddingMode: PadMode.Reflect, bias: false, As = "conv")]
public partial class SymmetricBorder;

/// <summary>Small enough to be written as a matrix.</summary>
[Network, Input(1, 12, 12), Conv2d(1, 3, bias: false, As = "conv")]
public partial class SmallConvolution;
