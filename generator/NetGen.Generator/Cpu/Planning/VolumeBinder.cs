using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Cpu.Planning;

/// <summary>What is done to volumes, whose slices lie one below the other.</summary>
internal static class VolumeBinder
{
    public static bool TryBind(PassBinder pass, Operation operation)
    {
        switch (operation)
        {
            case Unfold u:
                pass.Add(u, SlicesOf(pass, u.Slices, u.X, u.Y, u.Y, isFold: false), pass.Read(u.X), pass.Write(u.Y));
                return true;
            case Fold { Bias: >= 0 } f:
                pass.Add(f, SlicesOf(pass, f.Slices, f.Y, f.X, f.Y, isFold: true) with { HasBias = true }, pass.Read(f.X), pass.Read(f.Bias), pass.Write(f.Y));
                return true;
            case Fold f:
                pass.Add(f, SlicesOf(pass, f.Slices, f.Y, f.X, f.Y, isFold: true), pass.Read(f.X), pass.Write(f.Y));
                return true;
            case Resample r:
                pass.Add(r, ResamplingOf(pass, r.Resampling, r.X, r.Y, isGradient: false), pass.Read(r.X), pass.Write(r.Y));
                return true;
            case ResampleGradient r:
                pass.Add(r, ResamplingOf(pass, r.Resampling, r.DX, r.DY, isGradient: true), pass.Read(r.DY), pass.Write(r.DX));
                return true;
            case VolumePooling p:
                pass.Add(p, PoolOf(pass, p.Kind, p.Windows, p.X, p.Y), pass.Read(p.X), pass.Write(p.Y));
                return true;
            case VolumePoolingGradient { Kind: PoolingKind.Max } p:
                pass.Add(
                    p, PoolOf(pass, p.Kind, p.Windows, p.X, p.Y) with { IsGradient = true, DY = pass.StepsOf(p.DY).Pixels, DX = pass.StepsOf(p.DX).Pixels },
                    pass.Read(p.X), pass.Read(p.Y), pass.Read(p.DY), pass.Write(p.DX));
                return true;
            case VolumePoolingGradient p:
                pass.Add(
                    p, PoolOf(pass, p.Kind, p.Windows, p.X, p.Y) with { IsGradient = true, DY = pass.StepsOf(p.DY).Pixels, DX = pass.StepsOf(p.DX).Pixels },
                    pass.Read(p.DY), pass.Write(p.DX));
                return true;
            default:
                return false;
        }
    }

    private static SliceUnfolding SlicesOf(PassBinder pass, Unfolding slices, int volume, int unfolded, int written, bool isFold) => new(
        isFold, pass.Shape(volume).Channels, Layouts.Padded(pass.Shape(written).Channels), slices, pass.StepsOf(volume).Pixels, pass.StepsOf(unfolded).Pixels);

    private static VolumeResampling ResamplingOf(PassBinder pass, Resampling resampling, int x, int y, bool isGradient) =>
        new(isGradient, Layouts.Padded(pass.Shape(x).Channels), resampling, pass.StepsOf(x).Pixels, pass.StepsOf(y).Pixels);

    private static VolumePool PoolOf(PassBinder pass, PoolingKind kind, VolumeWindows windows, int x, int y)
    {
        (TensorShape input, TensorShape output) = (pass.Shape(x), pass.Shape(y));
        return new VolumePool(
            kind == PoolingKind.Max, Layouts.Padded(input.Channels),
            [
                new PoolAxis(input.Depth, output.Depth, windows.Slices),
                new PoolAxis(input.SliceHeight, output.SliceHeight, windows.Rows),
                new PoolAxis(input.Width, output.Width, windows.Columns),
            ],
            pass.StepsOf(x).Pixels, pass.StepsOf(y).Pixels);
    }
}
