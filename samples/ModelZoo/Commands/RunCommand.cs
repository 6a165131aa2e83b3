using System.CommandLine;
using System.Globalization;
using ModelZoo.Catalogue;
using NetGen;
using Spectre.Console;

namespace ModelZoo.Commands;

/// <summary><c>run</c>: what pictures show.</summary>
internal static class RunCommand
{
    public static Command Create(IAnsiConsole console)
    {
        Argument<ZooNetwork?> name = NetworkArgument.Create("The network.", ArgumentArity.ExactlyOne);
        var images = new Argument<string[]>("IMAGE") { Description = "Pictures: PNG, PGM or PPM, of any size.", Arity = ArgumentArity.OneOrMore };
        var weights = new Option<string?>("--weights") { Description = "Its weights, in the form of safetensors. Without them it is random.", HelpName = "FILE" };
        var classes = new Option<string?>("--classes") { Description = "The classes' names, a line each. Without them classes have numbers.", HelpName = "FILE" };
        var command = new Command("run", "Tells what pictures show: the five most probable classes.") { name, images, weights, classes };
        command.SetAction(parsed =>
        {
            ZooNetwork kind = parsed.GetValue(name)!;
            string? file = parsed.GetValue(weights);
            var classifier = new Classifier(kind, file is null ? kind.Create(0) : kind.Load(Existing(file, "--weights")))
            {
                ClassNames = parsed.GetValue(classes) is { } names ? [.. File.ReadLines(Existing(names, "--classes"))] : [],
            };
            if (file is null)
                console.WriteLine($"{kind} has no weights (--weights FILE): it is random, and so is what it says.");
            foreach (string image in parsed.GetValue(images)!)
            {
                IReadOnlyList<Guess> guesses = classifier.Classify(Existing(image, "IMAGE"));
                console.WriteLine(image);
                foreach (Guess guess in guesses)
                    console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{100 * guess.Probability,7:0.0} %  {guess.Name}"));
            }
        });
        return command;
    }

    /// <summary>The same path, unless there is no such file.</summary>
    private static string Existing(string path, string what) =>
        File.Exists(path) ? path : throw new FileNotFoundException($"{what} {path}: {(Directory.Exists(path) ? "a file is expected, it is a folder" : "there is no such file")}.");
}
