namespace NetGen.Samples.Tests;

/// <summary>Whatever a user can get wrong is one line on standard error that says what, and an exit code.</summary>
public sealed class MistakesOfUsersTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("--network takes linear, mlp, convnet, lenet5; 'resnet' is given.", "--network", "resnet")]
    [InlineData("--optimizer takes sgd, adam, adamw; 'rmsprop' is given.", "--optimizer", "rmsprop")]
    [InlineData("--epochs takes a whole number of at least 1; '0' is given.", "--epochs", "0")]
    [InlineData("--epochs takes a whole number of at least 1; 'two' is given.", "--epochs", "two")]
    [InlineData("--batch takes a whole number of at least 1; '1.5' is given.", "--batch", "1.5")]
    [InlineData("--lr takes a number above 0; '-1' is given.", "--lr", "-1")]
    [InlineData("--lr takes a number above 0; 'NaN' is given.", "--lr", "NaN")]
    [InlineData("--until takes a number above 0 and at most 100; '101' is given.", "--until", "101")]
    [InlineData("--threads takes a whole number of at least 0; '-1' is given.", "--threads", "-1")]
    [InlineData("--seed takes a whole number of at least 0; 'x' is given.", "--seed", "x")]
    [InlineData("Unrecognized command or argument '--colour'.", "--colour")]
    [InlineData("--network stands before 'predict'; its options come after it.", "--network", "mlp", "predict", "digit.png")]
    [InlineData("--epochs stands before 'permuted'; its options come after it.", "--epochs", "1", "permuted")]
    [InlineData("--epochs takes a whole number of at least 1; '0' is given.", "permuted", "--epochs", "0")]
    [InlineData("Required argument 'FILE' missing for command: 'predict'.", "predict")]
    public async Task A_wrong_command_line_is_refused(string message, params string[] args)
    {
        MnistProgram.Outcome outcome = await MnistProgram.RunAsync(args);
        outcome.Error.ShouldBe($"{message} --help lists the options.{Environment.NewLine}");
        outcome.Output.ShouldBeEmpty();
        outcome.ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task A_folder_that_is_not_there()
    {
        MnistProgram.Outcome outcome = await MnistProgram.RunAsync("--data", folder["nowhere"], "--output", folder["weights"]);
        ShouldFailWith(outcome, folder["nowhere"]);
        File.Exists(folder["weights"]).ShouldBeFalse();
    }

    [Fact]
    public async Task A_folder_without_the_files()
    {
        Directory.CreateDirectory(folder["empty"]);
        ShouldFailWith(await MnistProgram.RunAsync("--data", folder["empty"]), folder["empty"], "train-images");
    }

    [Fact]
    public async Task A_damaged_data_file()
    {
        Directory.CreateDirectory(folder["data"]);
        string[] names = ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];
        foreach (string name in names)
            await File.WriteAllBytesAsync(Path.Combine(folder["data"], name), [0, 0, 8, 3, 0, 0]);
        ShouldFailWith(await MnistProgram.RunAsync("--data", folder["data"]), "train-images-idx3-ubyte");
    }

    [Fact]
    public async Task A_place_to_save_that_is_not_there_is_known_before_training()
    {
        MnistProgram.Outcome outcome = await MnistProgram.RunAsync("--output", Path.Combine(folder["nowhere"], "weights"));
        ShouldFailWith(outcome, "--output", folder["nowhere"]);
        outcome.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task Weights_that_are_not_there()
    {
        MnistProgram.Outcome outcome = await MnistProgram.RunAsync("predict", "digit.png", "--weights", folder["nothing"]);
        ShouldFailWith(outcome, folder["nothing"], "--network convnet");
    }

    [Fact]
    public async Task Weights_or_an_image_that_are_folders()
    {
        ShouldFailWith(await MnistProgram.RunAsync("predict", "digit.png", "--weights", folder[""]), "--weights", "is a folder");
        new MnistSample.ConvNet(1).Save(folder["weights"]);
        ShouldFailWith(await MnistProgram.RunAsync("predict", folder[""], "--weights", folder["weights"]), "an image is expected, it is a folder");
    }

    [Fact]
    public async Task A_rate_at_which_training_diverges()
    {
        MnistProgram.Outcome outcome = await MnistProgram.RunAsync("--lr", "1e30", "--epochs", "1", "--output", folder["weights"]);
        outcome.ExitCode.ShouldBe(1);
        outcome.Output.ShouldContain("training diverged, and nothing was saved");
        File.Exists(folder["weights"]).ShouldBeFalse();
    }

    [Fact]
    public async Task Weights_of_another_network()
    {
        new MnistSample.Linear(1).Save(folder["linear.safetensors"]);
        MnistProgram.Outcome outcome = await MnistProgram.RunAsync("predict", "digit.png", "--weights", folder["linear.safetensors"]);
        ShouldFailWith(outcome, "linear.safetensors", "conv1.weight");
    }

    [Fact]
    public async Task Images_that_are_missing_damaged_or_empty()
    {
        string weights = folder["weights"];
        new MnistSample.ConvNet(1).Save(weights);
        await File.WriteAllBytesAsync(folder["broken.png"], [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0]);
        new GrayImage(3, 3, new byte[9]).WritePgm(folder["black.pgm"]);

        ShouldFailWith(await MnistProgram.RunAsync("predict", folder["missing.png"], "--weights", weights), "missing.png");
        ShouldFailWith(await MnistProgram.RunAsync("predict", folder["broken.png"], "--weights", weights), "broken.png");
        ShouldFailWith(await MnistProgram.RunAsync("predict", folder["black.pgm"], "--weights", weights), "black.pgm", "shows no digit");
    }

    private static void ShouldFailWith(MnistProgram.Outcome outcome, params string[] parts)
    {
        foreach (string part in parts)
            outcome.Error.ShouldContain(part);
        outcome.Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1, outcome.Error);
        outcome.Error.ShouldNotContain("   at ");
        outcome.ExitCode.ShouldBe(1);
    }
}
