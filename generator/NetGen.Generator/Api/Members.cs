using System.Globalization;
using NetGen.Generator.Graph;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Api;

/// <summary>The members of the generated part, in the order in which they are written.</summary>
internal static class Members
{
    private const string Mistake = """throw new global::System.InvalidOperationException("The network was built with mistakes.")""";

    public static IReadOnlyList<Member> Of(NetworkGraph graph)
    {
        string name = graph.Identity.Identifier, constructor = graph.Identity.ConstructorName;
        string self = $"global::NetGen.INetwork<{name}>";
        IReadOnlyList<Member> shared =
        [
            Constant(GeneratedMembers.InputSize, "int", graph.Input.Size, "Values of one input sample."),
            Constant(GeneratedMembers.OutputSize, "int", graph.Output.Size, "Values of one sample's output."),
            Constant(GeneratedMembers.ParameterCount, "int", graph.IsValid ? graph.ParameterCount : 1, graph.HasFrozen ? "Values of parameters, frozen ones too." : "Trainable values."),
            Constant(GeneratedMembers.MultiplyAdds, "long", graph.IsValid ? graph.MultiplyAdds : 1, "Multiply-adds of one sample's forward pass."),
            Constant(GeneratedMembers.ActivationBytes, "long", graph.IsValid ? graph.ActivationBytes : 1, "Bytes of the layers' outputs that a prediction of one sample needs at once, in float32 and without padding: the least that it can do with."),
            Summary(graph),
            Shape(GeneratedMembers.InputShape, graph.Input, "Shape of one input sample.", self),
            Shape(GeneratedMembers.OutputShape, graph.Output, "Shape of one sample's output.", self),
            .. graph.Outputs.SelectMany(output => OutputMembers(graph, output)),
            .. graph.Unknowns.Count == 0 ? Array.Empty<Member>() : [UnknownArguments(graph)],
        ];
        if (graph.Part.Form == PartForm.Constants)
            return shared;
        return
        [
            .. shared,
            .. graph.IsValid ? [ProgramLink.Declaration, State, StateConstructor(constructor)] : Array.Empty<Member>(),
            .. graph.Part.Chain is null ? Array.Empty<Member>() : [Constructor(graph, constructor)],
            ExplicitCreate(graph, name, self),
            Parameters(graph),
            Predict(graph),
            Load(graph, name, self),
            LoadStream(graph, name, self),
            Save(graph),
            SaveStream(graph),
            CreatePass(graph),
            CreateTrainer(graph),
            CreatePredictor(graph),
            ExplicitState(graph),
            ExplicitProgram(graph, self),
            ExplicitCreatePass(graph),
            new(GeneratedMembers.Pass, PassType.Write(graph)),
        ];
    }

    /// <summary>What a member does; in a class with mistakes it throws, so that it compiles whatever else the class declares.</summary>
    private static string Body(NetworkGraph graph, string body) => graph.IsValid ? body : Mistake;

    private static Member Parameters(NetworkGraph graph) => new(
        GeneratedMembers.Parameters,
        $"""
        /// <summary>Parameters and buffers by PyTorch's names, in the order of the layers.</summary>
        public global::NetGen.ParameterCollection Parameters => {Body(graph, "_netgenState.Parameters")};
        """,
        $"global::NetGen.ParameterCollection global::NetGen.INetwork.Parameters => {Mistake};");

    private static Member Save(NetworkGraph graph) => new(
        GeneratedMembers.Save,
        $"""
        /// <summary>Writes the parameters as a safetensors file with PyTorch's names and layouts; an existing file stays whole until the new one is.</summary>
        /// <param name="path">The file.</param>
        /// <exception cref="global::NetGen.WeightsException">A value is not finite. Nothing has been written.</exception>
        /// <exception cref="global::System.IO.IOException">The path is a folder, a device or a pipe, or cannot be written; the old file is as it was.</exception>
        /// <exception cref="global::System.UnauthorizedAccessException">The file, or its folder, may not be written; the old file is as it was.</exception>
        public void Save(string path) => {Body(graph, "_netgenState.Save(path)")};
        """,
        $"void global::NetGen.INetwork.Save(string path) => {Mistake};");

    private static Member SaveStream(NetworkGraph graph) => new(
        GeneratedMembers.SaveStream,
        $"""
        /// <summary>Writes the parameters to a stream, from where it stands, in the form of a safetensors file. It is left open.</summary>
        /// <param name="stream">The stream; it need not be able to seek.</param>
        /// <exception cref="global::NetGen.WeightsException">A value is not finite. Nothing has been written.</exception>
        public void Save(global::System.IO.Stream stream) => {Body(graph, "_netgenState.Save(stream)")};
        """,
        $"void global::NetGen.INetwork.Save(global::System.IO.Stream stream) => {Mistake};");

    /// <summary>A further output's size and shape.</summary>
    private static Member[] OutputMembers(NetworkGraph graph, GraphOutput output)
    {
        TensorShape shape = graph.Layers[output.Node].Output;
        return
        [
            Constant(GraphOutput.SizeOf(output.Name), "int", shape.Size, $"Values of one sample's output <c>{output.Name}</c>."),
            Shape(GraphOutput.ShapeOf(output.Name), shape, $"Shape of one sample's output <c>{output.Name}</c>.", self: null),
        ];
    }

    /// <summary>Where there are further outputs, they may have losses too.</summary>
    private static Member CreateTrainer(NetworkGraph graph) => graph.Outputs.Count > 0 ? CreateTrainerOfOutputs(graph) : new(GeneratedMembers.CreateTrainer, $"""
        /// <summary>A trainer for this network.</summary>
        /// <param name="optimizer">A new optimizer, or one that already trains this network.</param>
        /// <param name="loss">What to make small.</param>
        /// <param name="batch">Most samples of a step, at least 1.</param>
        /// <param name="threads">Workers, the caller included; 0: one for each processor.</param>
        public global::NetGen.Trainer CreateTrainer(global::NetGen.Optimizer optimizer, global::NetGen.Loss loss, int batch, int threads = global::NetGen.WorkerPool.DefaultThreads) =>
            {Body(graph, "new(_netgenState, optimizer, loss, batch, threads)")};
        """);

    private static Member CreateTrainerOfOutputs(NetworkGraph graph) => new(GeneratedMembers.CreateTrainer, $"""
        /// <summary>A trainer for this network.</summary>
        /// <param name="optimizer">A new optimizer, or one that already trains this network.</param>
        /// <param name="loss">What to make small, of the main output.</param>
        /// <param name="batch">Most samples of a step, at least 1.</param>
        /// <param name="threads">Workers, the caller included; 0: one for each processor.</param>
        /// <param name="outputs">Losses of further outputs ({string.Join(", ", graph.Outputs.Select(output => output.Name))}), which are added by their weights; left out, only the main output counts.</param>
        public global::NetGen.Trainer CreateTrainer(
            global::NetGen.Optimizer optimizer, global::NetGen.Loss loss, int batch, int threads = global::NetGen.WorkerPool.DefaultThreads,
            global::System.Collections.Generic.IReadOnlyList<global::NetGen.OutputLoss>? outputs = null) =>
            {Body(graph, "new(_netgenState, optimizer, loss, batch, threads, outputs)")};
        """);

    private static Member CreatePredictor(NetworkGraph graph) => new(GeneratedMembers.CreatePredictor, $"""
        /// <summary>Evaluates large batches on several threads.</summary>
        /// <param name="threads">Workers, the caller included; 0: one for each processor.</param>
        public global::NetGen.Predictor CreatePredictor(int threads = global::NetGen.WorkerPool.DefaultThreads) => {Body(graph, "new(_netgenState, threads)")};
        """);

    private static Member ExplicitCreate(NetworkGraph graph, string name, string self) =>
        new("", $"static {name} {self}.Create(global::NetGen.Seed seed) => {Body(graph, "new(seed)")};");

    private static Member ExplicitState(NetworkGraph graph) =>
        new("", $"global::NetGen.Engine.NetworkState global::NetGen.INetwork.State => {Body(graph, "_netgenState")};");

    private static Member ExplicitProgram(NetworkGraph graph, string self) =>
        new("", $"static global::NetGen.Engine.NetworkProgram {self}.Program => {Body(graph, "_netgenProgram")};");

    private static Member ExplicitCreatePass(NetworkGraph graph) => new("", $"""
        global::NetGen.NetworkPass global::NetGen.INetwork.CreatePass(int batch, int threads) => {Body(graph, "new(_netgenState, batch, threads)")};
        """);

    private static Member Constant(string signature, string type, long value, string summary) => new(signature, $"""
        /// <summary>{summary}</summary>
        public const {type} {signature} = {value.ToString(CultureInfo.InvariantCulture)};
        """);

    private static Member Summary(NetworkGraph graph)
    {
        string table = graph.IsValid ? LayerTable.Of(graph).Replace("\n", "\n    ") : "";
        return new(GeneratedMembers.Summary, $""""
            /// <summary>The table of layers, as text.</summary>
            public const string Summary = """
                {table}
                """;
            """");
    }

    private static Member Shape(string signature, TensorShape shape, string summary, string? self)
    {
        string extents = string.Join(", ", shape.Extents.Select(extent => extent.ToString(CultureInfo.InvariantCulture)));
        return new(
            signature,
            $$"""
            /// <summary>{{summary}}</summary>
            public static global::NetGen.Shape {{signature}} { get; } = new({{extents}});
            """,
            self is null ? null : $"static global::NetGen.Shape {self}.{signature} => new({extents});");
    }

    /// <summary>For the analyzer: which attribute's which argument had no value; its form is Reading's.</summary>
    private static Member UnknownArguments(NetworkGraph graph) => new("", string.Format(
        CultureInfo.InvariantCulture,
        "private const string {0} = \"{1}\";",
        GeneratedMembers.UnknownArguments,
        string.Join(";", graph.Unknowns.Select(unknown => FormattableString.Invariant($"{unknown.Attribute}:{unknown.Argument}") + (unknown.Block is null ? "" : $":{unknown.Block}")))));

    private static Member State => new("", "private readonly global::NetGen.Engine.NetworkState _netgenState;");

    private static Member Constructor(NetworkGraph graph, string name) => new(GeneratedMembers.Constructor, $"""
        /// <summary>A network with new parameters, initialised as PyTorch does it.</summary>
        /// <param name="seed">The same seed makes the same parameters; any whole number of at least 0 is one.</param>
        public {name}(global::NetGen.Seed seed = default){graph.Part.Chain} => {Body(graph, "_netgenState = new(_netgenProgram, seed.Value)")};
        """);

    private static Member StateConstructor(string name) =>
        new(GeneratedMembers.StateConstructor, $"private {name}(global::NetGen.Engine.NetworkState state) => _netgenState = state;");

    private static Member Predict(NetworkGraph graph) => new(
        GeneratedMembers.Predict,
        $"""
        /// <summary>Evaluates one sample or several. Any thread may call it at any time; it allocates nothing.</summary>
        /// <param name="inputs">[n, {graph.Input}] values, contiguous, n at least 1.</param>
        /// <param name="outputs">[n, {graph.Output}] values, overwritten.</param>
        /// <exception cref="global::System.ArgumentException">A span has another length; nothing has been written.</exception>
        public void Predict(global::System.ReadOnlySpan<float> inputs, global::System.Span<float> outputs) => {Body(graph, "_netgenState.Predict(inputs, outputs)")};
        """,
        $"void global::NetGen.INetwork.Predict(global::System.ReadOnlySpan<float> inputs, global::System.Span<float> outputs) => {Mistake};");

    private static Member Load(NetworkGraph graph, string name, string self) => new(
        GeneratedMembers.Load,
        $"""
        /// <summary>A network with the parameters of a safetensors file that has PyTorch's names and layouts.</summary>
        /// <param name="path">The file.</param>
        /// <exception cref="global::NetGen.WeightsException">The file is damaged, changes while it is read, or is of another network.</exception>
        /// <exception cref="global::System.IO.IOException">The file cannot be read: there is none, or it is a folder, a device or a pipe.</exception>
        /// <exception cref="global::System.UnauthorizedAccessException">The file may not be read.</exception>
        public static {name} Load(string path) => {Body(graph, "new(global::NetGen.Engine.NetworkState.Load(_netgenProgram, path))")};
        """,
        $"static {name} {self}.Load(string path) => {Mistake};");

    private static Member LoadStream(NetworkGraph graph, string name, string self) => new(
        GeneratedMembers.LoadStream,
        $"""
        /// <summary>A network with the parameters of one safetensors file's bytes: from where a stream stands to the end of the last tensor.</summary>
        /// <param name="stream">The stream, which is left open and need not be able to seek.</param>
        /// <exception cref="global::NetGen.WeightsException">The bytes are damaged, end early, or are of another network.</exception>
        public static {name} Load(global::System.IO.Stream stream) => {Body(graph, "new(global::NetGen.Engine.NetworkState.Load(_netgenProgram, stream))")};
        """,
        $"static {name} {self}.Load(global::System.IO.Stream stream) => {Mistake};");

    /// <summary>Where the class has a Pass of its own, nothing is known of it.</summary>
    private static Member CreatePass(NetworkGraph graph) => new(GeneratedMembers.CreatePass, $"""
        /// <summary>A pass for looking inside: every activation by name, and gradients of anything.</summary>
        /// <param name="batch">Samples it has room for, at least 1.</param>
        /// <param name="threads">Workers, the caller included; 0: one for each processor.</param>
        public {(graph.Part.TakenMembers.Contains(GeneratedMembers.Pass) ? "global::NetGen.NetworkPass" : "Pass")} CreatePass(int batch, int threads = global::NetGen.WorkerPool.DefaultThreads) => {Body(graph, "new(_netgenState, batch, threads)")};
        """);
}
