using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text.Json;

namespace NetGen;

/// <summary>The JSON header of a safetensors file: what tensors there are and where their bytes lie.</summary>
/// <param name="Tensors">The tensors, in the order of their bytes.</param>
/// <param name="Metadata">Free text by key; PyTorch writes <c>format: pt</c>.</param>
internal sealed record SafeTensorsHeader(ImmutableArray<TensorEntry> Tensors, ImmutableDictionary<string, string> Metadata)
{
    /// <summary>The largest header the format allows, in bytes.</summary>
    public const int MaxLength = 100_000_000;

    /// <summary>The longest name of a tensor, or key of the metadata, in UTF-16 characters. PyTorch's names are a tenth of that.</summary>
    public const int MaxName = 1024;

    /// <summary>Most dimensions: PyTorch, NumPy and DLPack have no tensors of more.</summary>
    public const int MaxRank = 64;

    /// <summary>Most entries of the metadata.</summary>
    public const int MaxMetadata = 1 << 16;

    /// <summary>Bytes that tell the header's length.</summary>
    public const int PrefixLength = 8;

    /// <summary>The name that no tensor can have.</summary>
    public const string MetadataKey = "__metadata__";

    /// <summary>JSON spends at most so many bytes on a character: <c>\u0000</c>.</summary>
    private const int LongestEscape = 6;

    /// <summary>The first byte of the data.</summary>
    public long DataStart { get; private init; }

    /// <summary>The header's bytes, padded with spaces so that the data after it (and the 8 bytes before it) start at a multiple of 8.</summary>
    public byte[] ToBytes()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (Metadata.Count > 0)
            {
                json.WriteStartObject(MetadataKey);
                foreach ((string key, string value) in Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                    json.WriteString(key, value);
                json.WriteEndObject();
            }
            foreach (TensorEntry tensor in Tensors)
                Write(json, tensor);
            json.WriteEndObject();
        }
        int padding = -buffer.WrittenCount & 7;
        buffer.GetSpan(padding)[..padding].Fill((byte)' ');
        buffer.Advance(padding);
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, TensorEntry tensor)
    {
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", tensor.Type.Name);
        json.WriteStartArray("shape");
        foreach (long extent in tensor.Extents)
            json.WriteNumberValue(extent);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(tensor.Begin);
        json.WriteNumberValue(tensor.End);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Bytes of the tensors, which follow one another without gaps.</summary>
    public long DataLength => Tensors.IsEmpty ? 0 : Tensors[^1].End;

    /// <summary>Reads the length and the header that a file begins with, and checks everything they say.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="stream">Stands at its first byte, and then at the first of the data.</param>
    /// <param name="length">Bytes of the file, which the tensors must fill exactly; null where it is not known, or more may follow.</param>
    /// <param name="available">Bytes that the stream can still give; null where it is not known.</param>
    /// <exception cref="WeightsException">It is no safetensors file, or a damaged one.</exception>
    public static SafeTensorsHeader Read(string path, Stream stream, long? length, long? available)
    {
        Span<byte> prefix = stackalloc byte[PrefixLength];
        int read = stream.ReadAtLeast(prefix, PrefixLength, throwOnEndOfStream: false);
        if (read < PrefixLength)
            throw new WeightsException(path, $"a safetensors file begins with the 8 bytes of its header's length; this one has {read} bytes");
        ulong claimed = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (claimed > MaxLength)
        {
            throw new WeightsException(path,
                $"its first 8 bytes tell of a header of {claimed} bytes; {MaxLength} are allowed: not a safetensors file");
        }
        if (available - PrefixLength is { } rest && rest < (long)claimed)
            throw CutShort(path, claimed, rest);
        byte[] text = ReadText(path, stream, (int)claimed, isThere: available is not null);
        return Parse(path, text, length - PrefixLength - text.Length);
    }

    /// <summary>The header's text. Where nobody knows how much follows, memory is taken as it arrives.</summary>
    private static byte[] ReadText(string path, Stream stream, int length, bool isThere)
    {
        const int FirstPart = 1 << 16;
        var text = new byte[isThere ? length : Math.Min(length, FirstPart)];
        for (int read = 0; ;)
        {
            read += stream.ReadAtLeast(text.AsSpan(read), text.Length - read, throwOnEndOfStream: false);
            if (read < text.Length)
                throw CutShort(path, (ulong)length, read);
            if (read == length)
                return text;
            Array.Resize(ref text, (int)Math.Min(length, 2L * text.Length));
        }
    }

    private static WeightsException CutShort(string path, ulong claimed, long found) => new(path,
        $"its first 8 bytes tell of a header of {claimed} bytes, but {found} follow: not a safetensors file, or cut short");

    private static SafeTensorsHeader Parse(string path, ReadOnlySpan<byte> text, long? dataLength)
    {
        try
        {
            (List<TensorEntry> tensors, ImmutableDictionary<string, string> metadata) = new Parser(path, text).ReadHeader();
            return new(InOrderOfBytes(path, tensors, dataLength), metadata) { DataStart = PrefixLength + text.Length };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Utf8JsonReader throws the second for text that is not valid UTF-8 or UTF-16.
            throw new WeightsException(path, $"the header is not valid JSON: {Shown.Message(exception.Message)}", exception);
        }
    }

    /// <summary>Tensors must follow one another from the first byte of the data to its last.</summary>
    private static ImmutableArray<TensorEntry> InOrderOfBytes(string path, List<TensorEntry> tensors, long? dataLength)
    {
        ImmutableArray<TensorEntry> ordered = [.. tensors.OrderBy(tensor => tensor.Begin).ThenBy(tensor => tensor.End)];
        long end = 0;
        string before = "the data's first byte";
        foreach (TensorEntry tensor in ordered)
        {
            if (tensor.End > dataLength)
            {
                throw WeightsException.OfTensor(path, tensor.Name,
                    $"ends at byte {tensor.End} of the data, which has only {dataLength}: the file is cut short, or its header is wrong");
            }
            if (tensor.Begin < end)
            {
                throw WeightsException.OfTensor(path, tensor.Name,
                    $"begins at byte {tensor.Begin} of the data and overlaps {before}, which ends at byte {end}");
            }
            if (tensor.Begin > end)
            {
                throw WeightsException.OfTensor(path, tensor.Name,
                    $"begins at byte {tensor.Begin} of the data and leaves a gap after {before}, at byte {end}");
            }
            end = tensor.End;
            before = $"'{Shown.Text(tensor.Name)}'";
        }
        return dataLength is null || end == dataLength
            ? ordered
            : throw new WeightsException(path,
                $"{dataLength - end} bytes follow the last tensor; the data must end with it, at byte {end}");
    }

    private ref struct Parser(string path, ReadOnlySpan<byte> text)
    {
        private readonly string path = path;
        private Utf8JsonReader json = new(text);

        public (List<TensorEntry> Tensors, ImmutableDictionary<string, string> Metadata) ReadHeader()
        {
            var tensors = new List<TensorEntry>();
            var names = new HashSet<string>();
            ImmutableDictionary<string, string> metadata = ImmutableDictionary<string, string>.Empty;
            Expect(JsonTokenType.StartObject, "the header");
            while (NextProperty("the header") is { } name)
            {
                if (!names.Add(name))
                    throw WeightsException.OfTensor(path, name, "is in the header twice");
                if (name == MetadataKey)
                    metadata = ReadMetadata();
                else
                    tensors.Add(ReadTensor(name));
            }
            // Anything but white space after the closing brace throws here.
            json.Read();
            return (tensors, metadata);
        }

        private ImmutableDictionary<string, string> ReadMetadata()
        {
            ImmutableDictionary<string, string>.Builder metadata = ImmutableDictionary.CreateBuilder<string, string>();
            Expect(JsonTokenType.StartObject, MetadataKey);
            while (NextProperty(MetadataKey) is { } key)
            {
                Expect(JsonTokenType.String, $"{MetadataKey}: '{Shown.Text(key)}'");
                if (!metadata.TryAdd(key, json.GetString()!))
                    throw new WeightsException(path, $"{MetadataKey} holds '{Shown.Text(key)}' twice");
                if (metadata.Count > MaxMetadata)
                    throw new WeightsException(path, $"{MetadataKey} has more than {MaxMetadata} entries");
            }
            return metadata.ToImmutable();
        }

        private TensorEntry ReadTensor(string name)
        {
            string where = $"tensor '{Shown.Text(name)}'";
            TensorType? type = null;
            ImmutableArray<long>? extents = null, offsets = null;
            Expect(JsonTokenType.StartObject, where);
            while (NextProperty(where) is { } property)
            {
                bool isRepeated = property switch
                {
                    "dtype" => type is not null,
                    "shape" => extents is not null,
                    "data_offsets" => offsets is not null,
                    _ => throw WeightsException.OfTensor(path, name,
                        $"has an unknown property '{Shown.Text(property)}'; dtype, shape and data_offsets are known"),
                };
                if (isRepeated)
                    throw WeightsException.OfTensor(path, name, $"has '{property}' twice");
                if (property == "dtype")
                    type = ReadType(name);
                else if (property == "shape")
                    extents = ReadNumbers($"{where}: shape", MaxRank);
                else
                    offsets = ReadNumbers($"{where}: data_offsets", 2);
            }
            if (type is null || extents is null || offsets is null)
            {
                string missing = type is null ? "dtype" : extents is null ? "shape" : "data_offsets";
                throw WeightsException.OfTensor(path, name, $"has no '{missing}'");
            }
            return Check(name, type, extents.Value, offsets.Value);
        }

        private readonly TensorEntry Check(string name, TensorType type, ImmutableArray<long> extents, ImmutableArray<long> offsets)
        {
            if (offsets is not [long begin, long end])
            {
                throw WeightsException.OfTensor(path, name,
                    $"has {offsets.Length} data_offsets; 2 are expected, the first byte and the one after the last");
            }
            if (end < begin)
                throw WeightsException.OfTensor(path, name, $"ends at byte {end} of the data, before it begins, at byte {begin}");
            var entry = new TensorEntry(name, type, extents, begin, end);
            // A product of 128 bits cannot overflow before it passes 64, and it stops there.
            Int128 bytes = type.Size;
            foreach (long extent in extents.Contains(0) ? [0] : extents)
            {
                bytes *= extent;
                if (bytes > long.MaxValue)
                    throw WeightsException.OfTensor(path, name, $"has shape {Shown.Shape(extents)}, which is too large to address");
            }
            return bytes == end - begin
                ? entry
                : throw WeightsException.OfTensor(path, name,
                    $"has shape {Shown.Shape(extents)} of {type}, {bytes} bytes, but its data_offsets [{begin}, {end}] span {end - begin}");
        }

        private TensorType ReadType(string name)
        {
            Expect(JsonTokenType.String, $"tensor '{Shown.Text(name)}': dtype");
            string type = json.GetString()!;
            return TensorType.All.GetValueOrDefault(type)
                ?? throw WeightsException.OfTensor(path, name,
                    $"has dtype '{Shown.Text(type)}'; known are {string.Join(", ", TensorType.All.Keys.Order(StringComparer.Ordinal))}");
        }

        private ImmutableArray<long> ReadNumbers(string where, int most)
        {
            ImmutableArray<long>.Builder numbers = ImmutableArray.CreateBuilder<long>();
            Expect(JsonTokenType.StartArray, where);
            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            {
                if (json.TokenType != JsonTokenType.Number || !json.TryGetInt64(out long number) || number < 0)
                    throw new WeightsException(path, $"{where} must be a list of whole numbers from 0 to 2^63 - 1");
                if (numbers.Count == most)
                    throw new WeightsException(path, $"{where} has more than {most} numbers");
                numbers.Add(number);
            }
            return numbers.ToImmutable();
        }

        /// <summary>The next property's name; null at the end of the object.</summary>
        private string? NextProperty(string where)
        {
            json.Read();
            return json.TokenType switch
            {
                // Told by its bytes first, so that a longer one is not even made a string of.
                JsonTokenType.PropertyName => json.ValueSpan.Length <= LongestEscape * MaxName && json.GetString() is { Length: <= MaxName } name
                    ? name
                    : throw new WeightsException(path, $"{where} holds a name of more than {MaxName} characters"),
                JsonTokenType.EndObject => null,
                _ => throw new WeightsException(path, $"{where} ends early"),
            };
        }

        private void Expect(JsonTokenType type, string where)
        {
            json.Read();
            if (json.TokenType != type)
                throw new WeightsException(path, $"{where} must be a JSON {Describe(type)}; found: {Describe(json.TokenType)}");
        }

        private static string Describe(JsonTokenType type) => type switch
        {
            JsonTokenType.StartObject => "object",
            JsonTokenType.StartArray => "array",
            _ => type.ToString().ToLowerInvariant(),
        };
    }
}
