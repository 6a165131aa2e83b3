using NetGen.Generator.Collections;
using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Cpu.Planning;

/// <summary>Binds normalisation by the response of neighbouring channels, in thin and wide networks alike, to kernels that a whole project shares.</summary>
internal static class ResponseNormalizationBinder
{
    public static void Bind(PassBinder pass, ResponseNormalization n) =>
        pass.Add(n, Of(pass, n.Window, n.X, n.Scale, n.Y), pass.Read(n.X), pass.Write(n.Scale), pass.Write(n.Y));

    public static void Bind(PassBinder pass, ResponseNormalizationGradient n) => pass.Add(
        n, Of(pass, n.Window, n.X, n.Y, n.DY, n.Scale, n.Terms, n.DX),
        pass.Read(n.X), pass.Read(n.Y), pass.Read(n.DY), pass.Read(n.Scale), pass.Write(n.Terms), pass.Write(n.DX));

    private static PixelResponseNormalization Of(PassBinder pass, ResponseWindow window, params int[] values)
    {
        TensorShape image = pass.Shape(values[0]);
        return new(window, new PixelShape(image.Channels, image.Height, image.Width), values.Select(value => pass.StepsOf(value).Pixels).ToEquatableArray());
    }
}
