using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.Engine;

/// <summary>Sixteen floats: AVX-512.</summary>
internal readonly struct Lanes512(Vector512<float> value) : ILanes<Lanes512>
{
    private readonly Vector512<float> vector = value;

    public static int Count => Vector512<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Load(ref float start, nint offset) => new(Vector512.LoadUnsafe(ref start, (nuint)offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float start, nint offset) => vector.StoreUnsafe(ref start, (nuint)offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 All(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator +(Lanes512 left, Lanes512 right) => new(left.vector + right.vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator -(Lanes512 left, Lanes512 right) => new(left.vector - right.vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator *(Lanes512 left, Lanes512 right) => new(left.vector * right.vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator /(Lanes512 left, Lanes512 right) => new(left.vector / right.vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 MultiplyAdd(Lanes512 left, Lanes512 right, Lanes512 addend) =>
        new(Vector512.MultiplyAddEstimate(left.vector, right.vector, addend.vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Sqrt(Lanes512 value) => new(Vector512.Sqrt(value.vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 AtLeast(Lanes512 bound, Lanes512 value) => new(Vector512.MaxNative(bound.vector, value.vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 First(int lanes, Lanes512 value, Lanes512 otherwise) =>
        new(Vector512.ConditionalSelect(Vector512.LessThan(Vector512<float>.Indices, Vector512.Create((float)lanes)), value.vector, otherwise.vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 WhereLess(Lanes512 left, Lanes512 right, Lanes512 value) =>
        new(Vector512.LessThan(left.vector, right.vector) & value.vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 ScaleByPowerOfTwo(Lanes512 value, Lanes512 biased) =>
        new(value.vector * (Vector512.ShiftLeft(biased.vector.AsInt32(), 23) + Vector512.Create(127 << 23)).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Sum()
    {
        Vector256<float> eight = vector.GetLower() + vector.GetUpper();
        Vector128<float> four = eight.GetLower() + eight.GetUpper();
        Vector128<float> two = four + Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1));
        return (two + Vector128.Shuffle(two, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Max()
    {
        Vector256<float> eight = Vector256.MaxNative(vector.GetLower(), vector.GetUpper());
        Vector128<float> four = Vector128.MaxNative(eight.GetLower(), eight.GetUpper());
        Vector128<float> two = Vector128.MaxNative(four, Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1)));
        return Vector128.MaxNative(two, Vector128.Shuffle(two, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint EqualBits(Lanes512 other) => (uint)Vector512.ExtractMostSignificantBits(Vector512.Equals(vector, other.vector));
}
