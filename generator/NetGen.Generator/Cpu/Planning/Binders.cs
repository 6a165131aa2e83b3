using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Cpu.Planning;

/// <summary>How each kind of operation but the products is bound to memory.</summary>
internal static class Binders
{
    public static void Bind(PassBinder pass, Operation operation)
    {
        switch (operation)
        {
            case Contraction c when pass.Values.IsWide(c):
                WideBinder.Bind(pass, c);
                break;
            case Contraction c when ContractionBinder.CutsGroups(pass, c.Window):
                ContractionBinder.Bind(pass, c);
                break;
            case Contraction c:
                ChannelwiseBinder.Bind(pass, c);
                break;
            case Clear c when pass.Program.Values[c.X].IsAddend:
                if (pass.BufferOf(c.X) is { Space: Space.Arena } apart)
                    pass.Prepare(c, new SharedZeros(apart.Floats), Argument.Write(apart));
                break;
            case ParameterSum s:
                if (pass.BufferOf(s.Part) is { Space: Space.Arena } added)
                    pass.Complete(s, new SharedSum(added.Floats), Argument.Read(added), pass.Update(s.Sum));
                break;
            case Clear c:
                pass.ClearValue(c, c.X);
                break;
            case Fill f:
                pass.Add(f, new Constant(pass.BufferOf(f.X).Floats, f.Number), pass.Write(f.X));
                break;
            case CumulativeMean m:
                pass.Add(m, new MeanOfBatches(pass.BufferOf(m.Running).Floats, m.Counter), pass.Read(m.OfBatch), pass.Update(m.Running));
                break;
            case Relayout r:
                BindRelayout(pass, r);
                break;
            case Concatenation c:
                BindConcatenation(pass, c);
                break;
            case ChannelRange c when pass.Values.IsInPlace(c.Y, c.X, c.First):
                break;
            case ChannelRange c:
                CopyChannels(pass, c, c.X, c.First, c.Y, 0, c.Channels, isFirst: true, isLast: true);
                break;
            case Rearrange r:
                BindRearrangement(pass, r);
                break;
            case ChannelPad p:
                pass.ClearValue(p, p.Y);
                CopyChannels(pass, p, p.X, 0, p.Y, p.Before, p.Channels, isFirst: false, isLast: false);
                break;
            case Resample { Resampling.Slices: null } r:
                ResamplingBinder.Bind(pass, r);
                break;
            case ResampleGradient { Resampling.Slices: null } r:
                ResamplingBinder.Bind(pass, r);
                break;
            case ResponseNormalization n:
                ResponseNormalizationBinder.Bind(pass, n);
                break;
            case ResponseNormalizationGradient n:
                ResponseNormalizationBinder.Bind(pass, n);
                break;
            case PixelShuffle s:
                pass.Add(s, ShuffleOf(pass, s), pass.Read(s.X), pass.Write(s.Y));
                break;
            case Operation other when VolumeBinder.TryBind(pass, other):
                break;
            case Operation other when SampleNormalizationBinder.TryBind(pass, other) || InnerNormalizationBinder.TryBind(pass, other) || LocalProductBinder.TryBind(pass, other) || ElementwiseBinder.TryBind(pass, other):
                break;
            case Operation other when pass.UsesSharedKernels || other is Softmax { IsPerPixel: true } or SoftmaxGradient { IsPerPixel: true }:
                PixelBinder.Bind(pass, other);
                break;
            case ChannelSum s:
                pass.Add(
                    s, new BiasGradient(pass.Shape(s.Y).Channels, pass.Shape(s.Y).Area, pass.SamplesAreLanes), pass.Read(s.Y), pass.ParameterGradient(s, s.Sum));
                break;
            case Pooling p:
                pass.Add(p, PoolingOf(pass, p.Kind, p.Window, p.X, p.Y) with { Uneven = p.Uneven }, pass.Read(p.X), pass.Write(p.Y));
                break;
            case PoolingGradient { Kind: PoolingKind.Max } p:
                pass.Add(
                    p, PoolingOf(pass, p.Kind, p.Window, p.X, p.Y) with { IsGradient = true, MasksByInput = p.MasksByInput, Uneven = p.Uneven },
                    pass.Read(p.X), pass.Read(p.Y), pass.Read(p.DY), pass.Write(p.DX));
                break;
            case PoolingGradient p:
                pass.Add(p, PoolingOf(pass, p.Kind, p.Window, p.X, p.Y) with { IsGradient = true, Uneven = p.Uneven }, pass.Read(p.DY), pass.Write(p.DX));
                break;
            case Softmax s:
                pass.Add(s, SoftmaxOf(pass, s.X, s.IsLog, isGradient: false), pass.Read(s.X), pass.Write(s.Y));
                break;
            case SoftmaxGradient s:
                pass.InPlace(s, s.DY, s.DX, SoftmaxOf(pass, s.Y, s.IsLog, isGradient: true), pass.Read(s.Y));
                break;
            case BatchStatistics b:
                pass.Add(
                    b, pass.Norm(NormalizationPart.BatchStatistics, b.X) with { Eps = b.Eps, Momentum = b.Momentum },
                    pass.Read(b.X), pass.Update(b.RunningMean), pass.Update(b.RunningVariance), pass.Write(b.Statistics));
                break;
            case RunningStatistics r:
                pass.Add(
                    r, pass.Norm(NormalizationPart.RunningStatistics, r.Statistics) with { Eps = r.Eps },
                    pass.Read(r.RunningMean), pass.Read(r.RunningVariance), pass.Write(r.Statistics));
                break;
            case Normalize n:
                pass.Add(
                    n, pass.Norm(NormalizationPart.Normalize, n.X), pass.Read(n.X), pass.Read(n.Weight), pass.Read(n.Bias), pass.Read(n.Statistics), pass.Write(n.Y));
                break;
            case NormalizeParameterGradient n:
                pass.Add(
                    n, pass.Norm(NormalizationPart.ParameterGradient, n.X),
                    pass.Read(n.X), pass.Read(n.DY), pass.Read(n.Statistics), pass.Write(n.DWeight), pass.Write(n.DBias), pass.Write(n.Sums));
                break;
            case NormalizeInputGradient { Sums: >= 0 } n:
                pass.Add(
                    n, pass.Norm(NormalizationPart.InputGradient, n.X),
                    pass.Read(n.X), pass.Read(n.DY), pass.Read(n.Weight), pass.Read(n.Statistics), pass.Read(n.Sums), pass.Write(n.DX));
                break;
            case NormalizeInputGradient n:
                pass.Add(
                    n, pass.Norm(NormalizationPart.InputGradientRunning, n.X), pass.Read(n.DY), pass.Read(n.Weight), pass.Read(n.Statistics), pass.Write(n.DX));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(operation), operation.GetType().Name, null);
        }
    }

    public static Argument Read(this PassBinder pass, int value) => Argument.Read(pass.BufferOf(value));

    public static Argument Write(this PassBinder pass, int value) => Argument.Write(pass.BufferOf(value));

    public static Argument Update(this PassBinder pass, int value) => Argument.Update(pass.BufferOf(value));

    /// <summary>
    /// Where an operation puts a parameter's gradient. With samples as lanes it adds to what is there; where a batch is computed as a whole, every 16
    /// samples have a sum of their own, and these are added up in the end.
    /// </summary>
    public static Argument ParameterGradient(this PassBinder pass, Operation operation, int gradient)
    {
        if (!pass.SamplesAreLanes)
            return pass.Write(gradient);
        if (pass.ValueLayouts.AreLanes)
            return pass.Update(gradient);
        Buffer sum = pass.BufferOf(gradient), parts = pass.NewPerGroup(Value.NameOf(sum.Name, "parts"), sum.Floats);
        pass.Clear(operation, parts);
        pass.Complete(operation, new GroupSum(sum.Floats, parts.Floats * InstructionSet.Block), Argument.Read(parts), Argument.Write(sum));
        return Argument.Update(parts);
    }

    private static void Clear(this PassBinder pass, Operation operation, Buffer buffer) => pass.Add(
        operation,
        pass.SamplesAreLanes && buffer.IsPerSample ? new Zeros(buffer.Floats * InstructionSet.Block, false, buffer.Start) : new Zeros(buffer.Floats, buffer.IsPerSample, buffer.Start),
        Argument.Write(buffer));

    /// <summary>All memory of a value, or its channels where it lies among those of others.</summary>
    private static void ClearValue(this PassBinder pass, Operation operation, int value)
    {
        Buffer buffer = pass.BufferOf(value);
        if (!pass.Values.IsPart(value))
        {
            pass.Clear(operation, buffer);
            return;
        }
        TensorShape image = pass.Shape(pass.Program.Root(value));
        pass.Add(
            operation,
            pass.SamplesAreLanes
                ? new Zeros(image.Size * InstructionSet.Block, false, 0)
                : new ChannelZeros(new PixelShape(Layouts.Padded(image.Channels), image.Height, image.Width), pass.StepsOf(value).Pixels),
            Argument.Write(buffer));
    }

    /// <summary>Copies the parts that are not where they belong already.</summary>
    private static void BindConcatenation(PassBinder pass, Concatenation c)
    {
        int[] first = [.. c.Parts.Select((_, i) => c.Channels.Take(i).Sum())];
        bool isBegun = c.Parts.Select((part, i) => pass.Values.IsInPlace(part, c.Y, first[i])).Any(isInPlace => isInPlace);
        for (var i = 0; i < c.Parts.Count; i++)
        {
            if (pass.Values.IsInPlace(c.Parts[i], c.Y, first[i]))
                continue;
            CopyChannels(pass, c, c.Parts[i], 0, c.Y, first[i], c.Channels[i], isFirst: !isBegun, isLast: i == c.Parts.Count - 1);
            isBegun = true;
        }
    }

    /// <summary>From the layout with samples as lanes to the other, or back.</summary>
    private static void BindRelayout(PassBinder pass, Relayout r)
    {
        bool isFromLanes = pass.ValueLayouts.Of(pass.Program.Root(r.X)) == Layout.SamplesAsLanes;
        TensorShape shape = pass.Shape(r.X);
        var pixels = new PixelShape(shape.Channels, shape.Height, shape.Width);
        BoundOperation change = isFromLanes
            ? new LanesToPixels(pixels, pass.StepsOf(r.Y).Pixels, Layouts.Padded(shape.Channels))
            : new PixelsToLanes(pixels, pass.StepsOf(r.X).Pixels);
        pass.Add(r, change, pass.Read(r.X), pass.Write(r.Y));
    }

    private static StridedNormalization Norm(this PassBinder pass, NormalizationPart part, int value)
    {
        TensorShape shape = pass.Shape(value);
        bool isPerValue = part is NormalizationPart.RunningStatistics || shape.IsFlat;
        return new(part, WeightLayouts.PerChannel(shape).Floats / InstructionSet.Block, isPerValue ? 1 : shape.Area);
    }

    /// <summary>Channels of x to a place in y: the first to be written, the last of them, or both.</summary>
    private static void CopyChannels(PassBinder pass, Operation operation, int x, int first, int y, int target, int channels, bool isFirst, bool isLast)
    {
        TensorShape image = pass.Shape(pass.Program.Root(y));
        int lanes = image.Area * InstructionSet.Block, past = target + channels;
        pass.Add(
            operation,
            pass.SamplesAreLanes
                ? new FloatCopy(channels * lanes, first * lanes, target * lanes)
                : new ChannelCopy(
                    new PixelShape(channels, image.Height, image.Width), isLast ? Layouts.Padded(past) - past : 0, pass.StepsOf(x).Pixels, pass.StepsOf(y).Pixels, first, target),
            pass.Read(x), isFirst ? pass.Write(y) : pass.Update(y));
    }

    /// <summary>Where samples are lanes, an image is its features in their order already.</summary>
    private static void BindRearrangement(PassBinder pass, Rearrange r)
    {
        bool isFromImage = pass.Shape(r.X).Area > 1;
        int image = isFromImage ? r.X : r.Y, row = pass.StepsOf(isFromImage ? r.Y : r.X).Sample;
        TensorShape shape = pass.Shape(pass.Program.Root(image));
        var pixels = new PixelShape(shape.Channels, shape.Height, shape.Width);
        BoundOperation change = pass.SamplesAreLanes ? pass.Each(ElementwiseFunction.Copy, r.X, r.Y)
            : isFromImage ? new PixelsToRows(pixels, pass.StepsOf(image).Pixels, row)
            : new RowsToPixels(pixels, row, pass.StepsOf(image).Pixels, Layouts.Padded(shape.Channels));
        pass.Add(r, change, pass.Read(r.X), pass.Write(r.Y));
    }

    private static ChannelShuffle ShuffleOf(PassBinder pass, PixelShuffle s)
    {
        TensorShape few = pass.Shape(s.IsInverse ? s.X : s.Y), many = pass.Shape(s.IsInverse ? s.Y : s.X);
        return new ChannelShuffle(
            s.IsInverse, s.Factor, new PixelShape(few.Channels, many.Height, many.Width), Layouts.Padded(pass.Shape(s.Y).Channels), pass.StepsOf(s.X).Pixels, pass.StepsOf(s.Y).Pixels);
    }

    private static StridedPooling PoolingOf(PassBinder pass, PoolingKind kind, Window window, int x, int y)
    {
        (Steps xs, Steps ys) = (pass.StepsOf(x), pass.StepsOf(y));
        InAxis blocks = pass.SamplesAreLanes
            ? new InAxis(window.In, xs.Channel, ys.Channel)
            : new InAxis(Layouts.Padded(window.In) / InstructionSet.Block, InstructionSet.Block, InstructionSet.Block);
        return new StridedPooling(
            kind == PoolingKind.Max, false, false, blocks, pass.SamplesAreLanes ? null : new SampleAxis(0, xs.Sample, ys.Sample),
            StridedAxis.Of(window.Axes[0], ys.Row, xs.Row, 0), StridedAxis.Of(window.Axes[1], ys.Column, xs.Column, 0));
    }

    private static StridedSoftmax SoftmaxOf(PassBinder pass, int value, bool isLog, bool isGradient)
    {
        TensorShape shape = pass.Shape(value);
        Steps steps = pass.StepsOf(value);
        return pass.SamplesAreLanes
            ? new StridedSoftmax(isLog, isGradient, new TermAxis(1, 0), new TermAxis(shape.Size, InstructionSet.Block), true, steps.Sample)
            : new StridedSoftmax(isLog, isGradient, new TermAxis(shape.Area, steps.Column), new TermAxis(shape.Channels, 1), false, steps.Sample);
    }
}
