using Cifar10Sample;
using NetGen;
using NetGen.Reports;
using SamplesShared;

return Experiment.Run(new(
    "cifar10", "ResNet-20 and a ConvMixer learn small pictures, with augmentation", "a folder with CIFAR-10's binary files; drawn pictures unless told otherwise",
    new ExperimentOption("--epochs", 8, "times through the pictures; of real photographs 30 are a good number"), new ExperimentOption("--samples", 2000, "pictures that are drawn to train on"),
    new ExperimentOption("--kinds", DrawnPictures.Kinds, "kinds of things that are drawn, 2 at least")), args, run =>
{
    int epochs = run.Number("--epochs"), samples = run.Number("--samples"), kinds = run.Number("--kinds");
    bool isReal = run.Data is not null;
    (DataSet train, DataSet test) = run.Data is { } folder ? Cifar10.Load(folder) : DrawnPictures.Create(samples, test: Math.Max(100, samples / 4), kinds, new Random(1));
    if (!isReal)
        (train, test) = (train.Normalize(0.5, 0.25), test.Normalize(0.5, 0.25));
    // What a thing of any kind still is when moved, mirrored and in another light.
    DataSet augmented = train.Augmented(Augment.Crop(padding: isReal ? 4 : 2), Augment.Flip(), Augment.Brightness(0.2), Augment.Contrast(0.2), Augment.Hue(0.02));
    Experiment.Say($"{train.Count} pictures to train on, {test.Count} to test on, {epochs} epochs");
    string sheet = Path.GetTempFileName();
    try
    {
        augmented.WriteContactSheet(sheet, samples: 6, epochs: 9);
        run.Report.Heading("Augmentation").Image("Six training pictures, each as it is and as it comes in nine epochs", RgbImage.Read(sheet), zoom: 2);
    }
    finally
    {
        File.Delete(sheet);
    }

    // Of drawn ones, half of the way from chance to all.
    double enough = isReal ? 0.88 : Math.Max(0.6, (1 + (1.0 / kinds)) / 2);
    // Thousands of steps are what SGD needs; of hundreds AdamW makes more.
    int batch = isReal ? 128 : 16;
    (LearningRate ofResNet, LearningRate ofMixer) = (LearningRate.OneCycle(isReal ? 0.2 : 1.5e-3), LearningRate.OneCycle(1e-2));
    run.Report.Heading("Learning rates").LearningRates(epochs, (train.Count + batch - 1) / batch, ("ResNet-20", ofResNet), ("ConvMixer", ofMixer));
    Train("ResNet-20", new ModelZoo.ResNet20(seed: 1), isReal ? new SGD(0.1, momentum: 0.9, weightDecay: 5e-4) : new AdamW(weightDecay: 1e-2), ofResNet, "conv1.weight", "layer1.0.conv1");
    Train("ConvMixer", new SmallConvMixer(seed: 1), new AdamW(weightDecay: 1e-2), ofMixer, "0.weight", "0");

    void Train(string name, INetwork net, Optimizer optimizer, LearningRate schedule, string filters, string layer)
    {
        using Trainer trainer = net.CreateTrainer(optimizer, Loss.CrossEntropy, batch);
        History history = trainer.Fit(augmented, epochs, test, schedule, progress: new Told(name));
        run.Report.Heading(name).Curves(history).Classification(net, test).Filters(net.Parameters[filters]).Activations(net, layer, test.Sample(0)).Layers(net).Timings(net, 1, 32);
        double accuracy = history.Last.ValidationAccuracy!.Value, seconds = history.Average(epoch => epoch.Duration.TotalSeconds);
        run.Find($"{name}: loss of the last epoch, of the first", $"{history.Last.TrainLoss:0.000}, {history[0].TrainLoss:0.000}", $"less", epochs == 1 || history.Last.TrainLoss < history[0].TrainLoss);
        // Photographs are not learnt sooner.
        if (!isReal || epochs >= 30)
            run.Find($"{name}: test pictures that are right", $"{accuracy:0.000}", $"at least {enough:0.00}", accuracy >= enough);
        Experiment.Say($"{name}: {seconds:0.0} s an epoch, {train.Count / seconds:0} pictures a second, tests included");
    }
});

// A line for each epoch.
internal sealed class Told(string name) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value)
    {
        if (value.Completed is { } epoch)
            Experiment.Say($"{name}, epoch {epoch.Epoch} of {value.Epochs}: loss {epoch.TrainLoss:0.000}, test pictures that are right {epoch.ValidationAccuracy:0.000}");
    }
}
