using System.CommandLine;
using System.Globalization;
using System.Numerics.Tensors;
using MnistSample.Terminal;
using NetGen;
using Spectre.Console;

namespace MnistSample.Commands;

/// <summary>Lets a trained network read an image.</summary>
internal static class PredictCommand
{
    private const int Digits = 10;

    private static readonly Argument<string> File = new("FILE") { Description = "An image of one digit, PNG or PGM, of any size, dark on bright or bright on dark." };

    private static readonly Option<string> Weights = new("--weights")
    {
        Description = "The network's weights. Default: the network's name with .safetensors.",
        HelpName = "FILE",
    };

    public static Command Create(IAnsiConsole console)
    {
        var command = new Command("predict", "Tells which digit an image shows, with a network trained before.") { File, SharedOptions.Network, Weights, SharedOptions.Permute };
        command.SetAction(parsed =>
        {
            NetworkKind kind = NetworkKind.Named(parsed.GetValue(SharedOptions.Network)!);
            Run(console, parsed.GetValue(File)!, kind, parsed.GetValue(Weights) ?? kind.DefaultFile, parsed.GetValue(SharedOptions.Permute));
            return ExitCode.Success;
        });
        return command;
    }

    private static void Run(IAnsiConsole console, string file, NetworkKind kind, string weights, bool permute)
    {
        if (!System.IO.File.Exists(weights))
            throw new FileNotFoundException($"The weights {weights} do not exist. Train the network first (--network {kind}), or name them with --weights.");
        INetwork network = kind.Load(weights);
        float[] input = Prepare(file);
        var probabilities = new float[Digits];
        network.Predict(permute ? DigitData.Permuted(input) : input, probabilities);
        TensorPrimitives.SoftMax(probabilities, probabilities);

        int digit = TensorPrimitives.IndexOfMax<float>(probabilities);
        string title = Path.GetFileName(file);
        DigitPicture.Write(console, [(title.Length <= Picture.Side ? title : title[..(Picture.Side - 1)] + "…", Picture.Of(input))]);
        console.WriteLine();
        console.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"It is a [bold green]{digit}[/] ({100 * probabilities[digit]:0.0} %), says {kind} of {Markup.Escape(weights)}."));
        console.WriteLine();
        ProbabilityBars.Write(console, probabilities);
    }

    private static float[] Prepare(string file)
    {
        GrayImage image = GrayImage.Read(file);
        try
        {
            return Mnist.Prepare(image);
        }
        catch (ArgumentException exception)
        {
            throw new DataFormatException(file, exception.Message, exception);
        }
    }
}
