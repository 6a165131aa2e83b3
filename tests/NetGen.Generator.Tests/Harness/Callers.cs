namespace NetGen.Generator.Tests.Harness;

/// <summary>Code of a user's project that calls every member of a network's class.</summary>
internal static class Callers
{
    public static string Of(string network) => $$"""
        #nullable enable
        using System;
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
                Console.WriteLine({{network}}.Summary + {{network}}.InputShape + {{network}}.OutputShape + trainer);
                Use<{{network}}>();
                return network.Parameters.Count + {{network}}.MultiplyAdds + {{network}}.ParameterCount;
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
