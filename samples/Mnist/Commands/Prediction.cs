using System.Globalization;
using System.Numerics.Tensors;
using MnistSample.Terminal;
using NetGen;
using Spectre.Console;

namespace MnistSample.Commands;

/// <summary>Lets a trained network read an image, and shows what it saw and what it makes of it.</summary>
/// <param name="kind">The network.</param>
/// <param name="weights">The file of its weights.</param>
/// <param name="permute">Whether it learnt permuted pixels.</param>
/// <param name="sure">The percentage of probability below which it is not sure.</param>
/// <param name="console">Where to write.</param>
internal sealed class Prediction(NetworkKind kind, string weights, bool permute, double sure, IAnsiConsole console)
{
    private const int Digits = 10;

    public void Of(string file)
    {
        if (Directory.Exists(weights))
            throw new IOException($"--weights {weights}: a file is expected, it is a folder.");
        if (!File.Exists(weights))
        {
            throw new FileNotFoundException(
                $"The weights {weights} do not exist. Train the network first (--network {kind}{(permute ? " --permute" : "")}), or name them with --weights.");
        }
        if (Directory.Exists(file))
            throw new IOException($"{file}: an image is expected, it is a folder.");
        INetwork network = kind.Load(weights);
        float[] input = Prepare(file);
        var probabilities = new float[Digits];
        network.Predict(permute ? DigitData.Permuted(input) : input, probabilities);
        TensorPrimitives.SoftMax(probabilities, probabilities);

        string title = Path.GetFileName(file);
        DigitPicture.Write(console, [(title.Length <= Picture.Side ? title : title[..(Picture.Side - 1)] + "…", Picture.Of(input))]);
        console.WriteLine();
        console.MarkupLine(Answer(probabilities));
        console.MarkupLine($"[grey]{kind} of {Markup.Escape(weights)}[/]");
        console.WriteLine();
        ProbabilityBars.Write(console, probabilities);
    }

    private string Answer(float[] probabilities)
    {
        int[] order = [.. Enumerable.Range(0, Digits).OrderByDescending(digit => probabilities[digit])];
        return 100 * probabilities[order[0]] >= sure
            ? $"It is {Named(order[0], "bold green")}."
            : $"[yellow]Not sure:[/] {Named(order[0], "bold")}, or {Named(order[1], "bold")}?";

        // "an 8": the only digit that begins with a vowel.
        string Named(int digit, string style) => string.Create(CultureInfo.InvariantCulture,
            $"{(digit == 8 ? "an" : "a")} [{style}]{digit}[/] ({100 * probabilities[digit]:0.0} %)");
    }

    private static float[] Prepare(string file)
    {
        GrayImage image = GrayImage.Read(file);
        try
        {
            return Mnist.Prepare(EvenLight.Of(image));
        }
        catch (ArgumentException exception)
        {
            // Without the name of the parameter, which the framework adds.
            throw new DataFormatException(file, exception.Message.Split(" (Parameter")[0], exception);
        }
    }
}
