using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.Engine;

/// <summary>Four floats: any processor; the compiler falls back to plain arithmetic where there are no vectors.</summary>
internal readonly struct Lanes128(Vector128<float> value) : ILanes<Lanes128>
{
    private readonly Vector128<float> vector = value;

    public static int Count => Vector128<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Load(ref float start, nint offset) => new(Vector128.LoadUnsafe(ref start, (nuint)offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float start, nint offset) => vector.StoreUnsafe(ref start, (nuint)offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 All(float value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator +(Lanes128 left, Lanes128 right) => new(left.vector + right.vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator -(Lanes128 left, Lanes128 right) => new(left.vector - right.vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator *(Lanes128 left, Lanes128 right) => new(left.vector * right.vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator /(Lanes128 left, Lanes128 right) => new(left.vector / right.vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 MultiplyAdd(Lanes128 left, Lanes128 right, Lanes128 addend) =>
        new(Vector128.MultiplyAddEstimate(left.vector, right.vector, addend.vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Sqrt(Lanes128 value) => new(Vector128.Sqrt(value.vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 AtLeast(Lanes128 bound, Lanes128 value) => new(Vector128.MaxNative(bound.vector, value.vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 First(int lanes, Lanes128 value, Lanes128 otherwise) =>
        new(Vector128.ConditionalSelect(Vector128.LessThan(Vector128<float>.Indices, Vector128.Create((float)lanes)), value.vector, otherwise.vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 WhereLess(Lanes128 left, Lanes128 right, Lanes128 value) =>
        new(Vector128.LessThan(left.vector, right.vector) & value.vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 ScaleByPowerOfTwo(Lanes128 value, Lanes128 biased) =>
        new(value.vector * (Vector128.ShiftLeft(biased.vector.AsInt32(), 23) + Vector128.Create(127 << 23)).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Sum()
    {
        Vector128<float> two = vector + Vector128.Shuffle(vector, Vector128.Create(2, 3, 0, 1));
        return (two + Vector128.Shuffle(two, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Max()
    {
        Vector128<float> two = Vector128.MaxNative(vector, Vector128.Shuffle(vector, Vector128.Create(2, 3, 0, 1)));
        return Vector128.MaxNative(two, Vector128.Shuffle(two, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint EqualBits(Lanes128 other) => Vector128.ExtractMostSignificantBits(Vector128.Equals(vector, other.vector));
}
