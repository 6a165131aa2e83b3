namespace NetGen;

/// <summary>
/// Reads PGM and PPM images, plain (P2, P3) and binary (P5, P6), after the pages pgm(5) and ppm(5) of Netpbm. Of several images in a file it
/// reads the first.
/// </summary>
internal ref struct NetpbmDecoder
{
    private readonly string name;
    private readonly ReadOnlySpan<byte> bytes;
    private readonly int channels;
    private readonly bool isBinary;
    private int position = 2;
    private int largest;

    private NetpbmDecoder(string name, ReadOnlySpan<byte> bytes)
    {
        this.name = name;
        this.bytes = bytes;
        (channels, isBinary) = bytes[1] switch
        {
            (byte)'2' => (1, false),
            (byte)'3' => (3, false),
            (byte)'5' => (1, true),
            (byte)'6' => (3, true),
            byte kind => throw new DataFormatException(name, $"it is of kind P{(char)kind}; P2, P3, P5 and P6 are read"),
        };
    }

    /// <summary>Reads a file that begins with P and a digit.</summary>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="channels">1 for grey, 3 for red, green and blue.</param>
    public static DecodedImage Decode(string name, ReadOnlySpan<byte> bytes, int channels) => new NetpbmDecoder(name, bytes).Read(channels);

    private DecodedImage Read(int wanted)
    {
        int width = ReadNumber("its width", int.MaxValue), height = ReadNumber("its height", int.MaxValue);
        GrayImage.CheckSize(name, width, height);
        largest = ReadNumber("its largest value", ushort.MaxValue);
        if (largest == 0)
            throw new DataFormatException(name, "its largest value is 0; 1..65535 is expected");

        long samples = (long)width * height * channels;
        if (isBinary)
            position++;
        // A plain sample takes a digit and a blank, but for the last.
        long needed = isBinary ? samples * BytesPerSample : 2 * samples - 1;
        if (bytes.Length - position < needed)
        {
            throw new DataFormatException(name,
                $"it is cut short: {width}×{height} pixels need {(isBinary ? "" : "at least ")}{needed} bytes, {Math.Max(0, bytes.Length - position)} follow the header");
        }

        DecodedImage.CheckMemory(name, width, height, wanted, bytes.Length);
        var pixels = new byte[wanted * width * height];
        for (int i = 0; i < pixels.Length; i += wanted)
        {
            int red = ReadSample(), green = channels == 1 ? red : ReadSample(), blue = channels == 1 ? red : ReadSample();
            if (wanted == 1)
                pixels[i] = (byte)(channels == 1 ? red : GrayImage.Luma(red, green, blue));
            else
                (pixels[i], pixels[i + 1], pixels[i + 2]) = ((byte)red, (byte)green, (byte)blue);
        }
        return new(width, height, pixels);
    }

    private readonly int BytesPerSample => largest > byte.MaxValue ? 2 : 1;

    /// <summary>The next sample, brought to 0..255.</summary>
    private int ReadSample()
    {
        int sample;
        if (!isBinary)
        {
            sample = ReadNumber("a sample", ushort.MaxValue);
        }
        else
        {
            sample = bytes[position++];
            if (BytesPerSample == 2)
                sample = (sample << 8) | bytes[position++];
        }
        return sample <= largest
            ? (sample * 255 + largest / 2) / largest
            : throw new DataFormatException(name, $"a sample is {sample}, above the largest value {largest} that its header tells");
    }

    private int ReadNumber(string what, int most)
    {
        SkipBlanks();
        int start = position;
        long number = 0;
        while (position < bytes.Length && bytes[position] is >= (byte)'0' and <= (byte)'9')
        {
            number = number * 10 + (bytes[position++] - '0');
            if (number > most)
                throw new DataFormatException(name, $"{what} is above {most}");
        }
        if (position > start)
            return (int)number;
        string found = position < bytes.Length ? $"byte {bytes[position]:X2} is found" : "the file ends";
        throw new DataFormatException(name, $"{what} is expected at byte {position}, {found}");
    }

    /// <summary>White space, and comments from # to the end of the line.</summary>
    private void SkipBlanks()
    {
        while (position < bytes.Length && bytes[position] is (byte)' ' or (>= 9 and <= 13) or (byte)'#')
        {
            if (bytes[position] == '#')
            {
                int end = bytes[position..].IndexOfAny((byte)'\n', (byte)'\r');
                position = end < 0 ? bytes.Length : position + end;
            }
            else
            {
                position++;
            }
        }
    }
}
