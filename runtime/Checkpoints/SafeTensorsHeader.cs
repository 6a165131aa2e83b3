using System.Buffers;
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

    private const string MetadataKey = "__metadata__";

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

    /// <summary>Reads a header and checks everything it says.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="text">The header's bytes.</param>
    /// <param name="dataLength">Bytes that follow the header.</param>
    /// <exception cref="WeightsException">The header is not valid JSON of the format, or its tensors do not fill the data exactly.</exception>
    public static SafeTensorsHeader Parse(string path, ReadOnlySpan<byte> text, long dataLength)
    {
        try
        {
            (List<TensorEntry> tensors, ImmutableDictionary<string, string> metadata) = new Parser(path, text).ReadHeader();
            return new(InOrderOfBytes(path, tensors, dataLength), metadata);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Utf8JsonReader throws the second for text that is not valid UTF-8 or UTF-16.
            throw new WeightsException(path, $"the header is not valid JSON: {exception.Message}", exception);
        }
    }

    /// <summary>Tensors must follow one another from the first byte of the data to its last.</summary>
    private static ImmutableArray<TensorEntry> InOrderOfBytes(string path, List<TensorEntry> tensors, long dataLength)
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
            before = $"'{tensor.Name}'";
        }
        return end == dataLength
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
                Expect(JsonTokenType.String, $"{MetadataKey}: '{key}'");
                if (!metadata.TryAdd(key, json.GetString()!))
                    throw new WeightsException(path, $"{MetadataKey} holds '{key}' twice");
            }
            return metadata.ToImmutable();
        }

        private TensorEntry ReadTensor(string name)
        {
            string where = $"tensor '{name}'";
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
                        $"has an unknown property '{property}'; dtype, shape and data_offsets are known"),
                };
                if (isRepeated)
                    throw WeightsException.OfTensor(path, name, $"has '{property}' twice");
                if (property == "dtype")
                    type = ReadType(name);
                else if (property == "shape")
                    extents = ReadNumbers($"{where}: shape");
                else
                    offsets = ReadNumbers($"{where}: data_offsets");
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
                    $"has {offsets.Length} data_offsets; the first byte and the one after the last are expected");
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
                    throw WeightsException.OfTensor(path, name, $"has shape {entry.ShapeText}, which is too large to address");
            }
            return bytes == end - begin
                ? entry
                : throw WeightsException.OfTensor(path, name,
                    $"has shape {entry.ShapeText} of {type}, {bytes} bytes, but its data_offsets [{begin}, {end}] span {end - begin}");
        }

        private TensorType ReadType(string name)
        {
            Expect(JsonTokenType.String, $"tensor '{name}': dtype");
            string type = json.GetString()!;
            return TensorType.All.GetValueOrDefault(type)
                ?? throw WeightsException.OfTensor(path, name,
                    $"has dtype '{type}'; known are {string.Join(", ", TensorType.All.Keys.Order(StringComparer.Ordinal))}");
        }

        private ImmutableArray<long> ReadNumbers(string where)
        {
            ImmutableArray<long>.Builder numbers = ImmutableArray.CreateBuilder<long>();
            Expect(JsonTokenType.StartArray, where);
            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            {
                if (json.TokenType != JsonTokenType.Number || !json.TryGetInt64(out long number) || number < 0)
                    throw new WeightsException(path, $"{where} must be a list of whole numbers from 0 to 2^63 - 1");
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
                JsonTokenType.PropertyName => json.GetString(),
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
