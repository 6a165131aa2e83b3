namespace NetGen;

/// <summary>Samples to learn from and samples to measure on: <c>var (train, test) = Mnist.Load(folder);</c></summary>
/// <param name="Train">What the network is trained on.</param>
/// <param name="Test">What it has never seen.</param>
public sealed record DataSplit(DataSet Train, DataSet Test);
