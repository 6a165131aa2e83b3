namespace NetGen.Generator.Tests.Harness;

/// <summary>Code of a user's project that calls every member of a network's class.</summary>
internal static class Callers
{
    public static string Of(string network) => $$"""
        #nullable enable
        using System;
        using System.Numerics.Tensors;
        using NetGen;

        internal static class Caller
        {
            public static float Call()
            {
                var network = new {{network}}(seed: 1);
                Span<float> inputs = new float[{{network}}.InputSize];
                Span<float> outputs = new float[{{network}}.OutputSize];
                network.Predict(inputs, outputs);
                network.Save("a.safetensors");
                {{network}}.Load("a.safetensors").Predict(inputs, outputs);
                using {{network}}.Pass pass = network.CreatePass(batch: 16, threads: 2);
                Trainer trainer = network.CreateTrainer(new SGD(0.1f), Loss.CrossEntropy, batch: 16);
                network.CreatePredictor(threads: 2).Predict(inputs, outputs);
                OfEveryDay(17, new float[{{network}}.InputSize]);
                Console.WriteLine({{network}}.Summary + {{network}}.InputShape + {{network}}.OutputShape + trainer);
                Use<{{network}}>();
                return network.Parameters.Count + {{network}}.MultiplyAdds + {{network}}.ParameterCount;
            }

            /// <summary>What one writes without thinking of overloads and suffixes.</summary>
            private static void OfEveryDay(int seed, float[] x)
            {
                var network = new {{network}}(seed);
                network.Parameters[0].Values[0, 1] = 2;
                float[] outputs = network.Predict(x);
                network.Predict(new ReadOnlyTensorSpan<float>(x), new TensorSpan<float>(outputs));
                var labels = new int[1];
                network.Classify(x, labels);
                var targets = new DataSet([x.Length], x, outputs);
                var classes = new DataSet([x.Length], x, new byte[] { 1 }, classCount: 2);
                Evaluation evaluation = network.Evaluate(classes);
                Console.WriteLine(network.Classify(x) + (evaluation.Accuracy ?? 0) + network.Evaluate(targets, Loss.Huber(0.5)).Loss);
                using Trainer trainer = network.CreateTrainer(new SGD(0.1, momentum: 0.9, weightDecay: 1e-4), Loss.WeightedCrossEntropy([1, 2.5], 0.1), batch: 2);
                trainer.Step(x, [1]);
                trainer.Step(x, [0.5f]);
                trainer.Step(x, labels, weights: [1]);
                trainer.Fit(classes, epochs: 2, schedule: LearningRate.OneCycle(0.1), onDivergence: OnDivergence.Continue);
                Console.WriteLine(trainer.History.Count + trainer.Optimizer.LearningRate);
            }

            private static Shape Use<TNetwork>() where TNetwork : INetwork<TNetwork> 
            {
                TNetwork.Create(seed: 2).Predict(new float[TNetwork.InputShape.Size], new float[TNetwork.OutputShape.Size]);
                INetwork any = TNetwork.Create(3);
                Console.WriteLine(any.Name + any.OutputShape);
                return any.InputShape;
            }
        }
        """;
}
