using GeneralizationSample;
using NetGen;
using SamplesShared;

return Experiment.Run(new(
    "generalization", "What networks learn by heart, and what they make of it", "a folder with MNIST's files; drawn digits unless told otherwise",
    new ExperimentOption("--samples", 1000, "digits to learn from, a fifth of them where few are wanted"), new ExperimentOption("--epochs", 6, "times that networks of each depth go through them"),
    new ExperimentOption("--steps", 3000, "of the networks of each width"), new ExperimentOption("--seed", 1, "of all that is random")), args, run =>
{
    int samples = run.Number("--samples"), seed = run.Number("--seed");
    (DataSet train, DataSet test) = run.Data is { } folder ? Mnist.Load(folder) : DrawnDigits.Create(seed, samples, test: samples);
    (train, test) = (train.Shuffle(seed).Take(Math.Min(samples, train.Count)), test.Take(Math.Min(samples, test.Count)));
    Experiment.Say($"{train.Count} digits to train on, {test.Count} to test on");

    RandomLabels.Look(run, seed, train, test);
    Regularisation.Look(run, seed, train.Take(Math.Max(10, train.Count / 5)), test);
    DoubleDescent.Look(run, seed);
    Initialisation.Look(run, seed, train, test);
    Depth.Look(run, seed, train);
});
