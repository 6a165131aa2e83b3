using NetGen;
using SamplesShared;

namespace Cifar10Sample;

/// <summary>Pictures in CIFAR-10's form that a program draws: ten kinds of things, of any colour on any ground, anywhere.</summary>
internal static class DrawnPictures
{
    private const int Side = 32;

    private static readonly string[] Names = ["disk", "ring", "square", "frame", "triangle", "cross", "bar", "two disks", "half disk", "crescent"];

    /// <summary>How many kinds there are.</summary>
    public static int Kinds => Names.Length;

    /// <summary>Draws as many to train and to test on, values 0 to 1, of the first kinds.</summary>
    /// <exception cref="ArgumentException">There are not as many kinds, or one is no choice.</exception>
    public static DataSplit Create(int train, int test, int kinds, Random random) => kinds >= 2 && kinds <= Kinds
        ? new(Draw(train, kinds, random), Draw(test, kinds, random))
        : throw new ArgumentException($"--kinds: a whole number from 2 to {Kinds} is expected, {kinds} is given.");

    private static DataSet Draw(int count, int kinds, Random random)
    {
        var values = new float[count * 3 * Side * Side];
        int[] labels = [.. Enumerable.Range(0, count).Select(n => n % kinds)];
        for (int n = 0; n < count; n++)
            Paint(labels[n], random).CopyTo(values, n * 3 * Side * Side);
        return new DataSet(new Shape(3, Side, Side), values, labels, Names.Length).WithClassNames([.. Names]);
    }

    private static float[] Paint(int kind, Random random)
    {
        float Between(float low, float high) => low + ((high - low) * random.NextSingle());
        float[] ground = [.. Enumerable.Range(0, 3).Select(_ => Between(0, 1))], colour = [.. Enumerable.Range(0, 3).Select(_ => Between(0, 1))];
        // Another colour that cannot be told from the ground would be no thing.
        int strongest = random.Next(3);
        colour[strongest] = ground[strongest] < 0.5f ? Between(ground[strongest] + 0.4f, 1) : Between(0, ground[strongest] - 0.4f);
        float x = Between(11, 21), y = Between(11, 21), size = Between(6, 10), turn = Between(0, MathF.Tau);
        (float sin, float cos) = MathF.SinCos(turn);
        Func<float, float, float> thing = kind switch
        {
            0 => Canvas.Disk(x, y, size),
            1 => Canvas.Ring(x, y, size - 1, 3),
            2 => Canvas.Box(x, y, size * 0.85f, size * 0.85f, turn),
            3 => Canvas.And(Canvas.Box(x, y, size * 0.85f, size * 0.85f, turn), Not(Canvas.Box(x, y, (size * 0.85f) - 2.5f, (size * 0.85f) - 2.5f, turn))),
            4 => Canvas.Triangle(x, y, size * 1.3f, turn),
            5 => Canvas.Or(Canvas.Box(x, y, size, 1.8f, turn), Canvas.Box(x, y, 1.8f, size, turn)),
            6 => Canvas.Box(x, y, size, 1.8f, turn),
            7 => Canvas.Or(Canvas.Disk(x + (cos * size * 0.7f), y + (sin * size * 0.7f), size / 2), Canvas.Disk(x - (cos * size * 0.7f), y - (sin * size * 0.7f), size / 2)),
            8 => Canvas.And(Canvas.Disk(x, y, size), (px, py) => (cos * (px - x)) + (sin * (py - y))),
            _ => Canvas.And(Canvas.Disk(x, y, size), Not(Canvas.Disk(x + (cos * size * 0.6f), y + (sin * size * 0.6f), size))),
        };
        return [.. new Canvas(3, Side, Side).Paint((_, _) => -1, ground).Paint(thing, colour).Add(() => Between(-0.08f, 0.08f)).Values.Select(value => Math.Clamp(value, 0, 1))];
    }

    private static Func<float, float, float> Not(Func<float, float, float> form) => (x, y) => -form(x, y);
}
