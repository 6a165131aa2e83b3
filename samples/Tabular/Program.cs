using NetGen;
using SamplesShared;
using TabularSample;

return Experiment.Run(
    new("tabular", "Networks that learn from a few numbers", "a table of mixtures, eight columns and behind them what they come to; made up unless told otherwise",
        new ExperimentOption("--seed", 1, "of all that is random"))
    { DataOption = "--csv" }, args, run =>
    {
        int seed = run.Number("--seed");
        DataSet mixtures = Mixtures.Table(run, seed);
        HousePrices.Look(run, seed);
        Mixtures.Look(run, seed, mixtures);
        Spirals.Look(run, seed);
        Painting.Look(run, seed);
    });
