using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.Engine;

/// <summary>Eight floats: AVX2.</summary>
internal readonly struct Lanes256(Vector256<float> value) : ILanes<Lanes256>
{
    private readonly Vector256<float> vector = value;

    public static int Count => Vector256<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Load(ref float start, nint offset) => new(Vector256.LoadUnsafe(ref start, (nuint)offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float start, nint offset) => vector.StoreUnsafe(ref start, (nuint)offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 All(float value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator +(Lanes256 left, Lanes256 right) => new(left.vector + right.vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator -(Lanes256 left, Lanes256 right) => new(left.vector - right.vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator *(Lanes256 left, Lanes256 right) => new(left.vector * right.vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator /(Lanes256 left, Lanes256 right) => new(left.vector / right.vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 MultiplyAdd(Lanes256 left, Lanes256 right, Lanes256 addend) =>
        new(Vector256.MultiplyAddEstimate(left.vector, right.vector, addend.vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Sqrt(Lanes256 value) => new(Vector256.Sqrt(value.vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 AtLeast(Lanes256 bound, Lanes256 value) => new(Vector256.MaxNative(bound.vector, value.vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 First(int lanes, Lanes256 value, Lanes256 otherwise) =>
        new(Vector256.ConditionalSelect(Vector256.LessThan(Vector256<float>.Indices, Vector256.Create((float)lanes)), value.vector, otherwise.vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 WhereLess(Lanes256 left, Lanes256 right, Lanes256 value) =>
        new(Vector256.LessThan(left.vector, right.vector) & value.vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 ScaleByPowerOfTwo(Lanes256 value, Lanes256 biased) =>
        new(value.vector * (Vector256.ShiftLeft(biased.vector.AsInt32(), 23) + Vector256.Create(127 << 23)).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Sum()
    {
        Vector128<float> four = vector.GetLower() + vector.GetUpper();
        Vector128<float> two = four + Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1));
        return (two + Vector128.Shuffle(two, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Max()
    {
        Vector128<float> four = Vector128.MaxNative(vector.GetLower(), vector.GetUpper());
        Vector128<float> two = Vector128.MaxNative(four, Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1)));
        return Vector128.MaxNative(two, Vector128.Shuffle(two, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint EqualBits(Lanes256 other) => Vector256.ExtractMostSignificantBits(Vector256.Equals(vector, other.vector));
}
