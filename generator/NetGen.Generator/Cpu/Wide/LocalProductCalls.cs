using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>Calls of products with weights of each place.</summary>
internal static class LocalProductCalls
{
    /// <summary>(x, w, bias, y) and (x, dy, dw, dbias), pieces being places of the output over all samples; (w, dy, dx), pieces being pixels of the input.</summary>
    public static WideCall Of(PixelLocalProduct p)
    {
        string method = p.Target switch { Target.Output => "LocalProduct", Target.Input => "LocalInputGradient", _ => "LocalWeightGradient" };
        int places = p.Target == Target.Input ? p.Rows.Input * p.Columns.Input : p.Rows.Output * p.Columns.Output;
        return new(method, Describe.Text(method, p.In, p.Rows, p.Columns), Numbers(p), new WidePieces(places, 1, PerSample: false));
    }

    private static WideNumbers Numbers(PixelLocalProduct p)
    {
        var numbers = new WideNumbers("Local",
        [
            ("In", p.In), ("Ins", WideConvolution.Padded(p.In)), ("Out", p.Out), ("Outs", WideConvolution.Padded(p.Out)),
            ("Height", p.Rows.Input), ("OutHeight", p.Rows.Output), ("KernelHeight", p.Rows.Kernel), ("StrideHeight", p.Rows.Stride), ("Top", p.Rows.Before),
            ("Width", p.Columns.Input), ("OutWidth", p.Columns.Output), ("KernelWidth", p.Columns.Kernel), ("StrideWidth", p.Columns.Stride), ("Left", p.Columns.Before),
            ("X", p.X.Pixel), ("XRow", p.X.Row), ("XSample", p.X.Sample), ("Y", p.Y.Pixel), ("YRow", p.Y.Row), ("YSample", p.Y.Sample),
        ]);
        return p.HasBias ? numbers with { Members = numbers.Members + ", HasBias = true" } : numbers;
    }
}
