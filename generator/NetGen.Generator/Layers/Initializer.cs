using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Layers;

/// <summary>How a weight or a bias is to be filled, as an attribute's properties say it: <c>Init</c> and its numbers, or <c>BiasInit</c> and its.</summary>
/// <param name="Prefix">What the properties' names begin with.</param>
/// <param name="Kind">The runtime's <c>Init</c>, by its number.</param>
/// <param name="Numbers">The numbers that are given, by their names without the prefix.</param>
internal sealed record Initializer(string Prefix, int Kind, EquatableArray<InitializerNumber> Numbers)
{
    public const string OfWeight = "Init", OfBias = "BiasInit";

    private const string Gain = "Gain", Fan = "Fan", Mean = "Mean", Std = "Std", Low = "Low", High = "High", Value = "Value";

    private static readonly string[] AllNumbers = [Gain, Fan, Mean, Std, Low, High, Value];

    /// <summary>√2: PyTorch's for a ReLU behind the layer.</summary>
    private static readonly double GainOfReLU = Math.Sqrt(2);

    /// <summary>In the order of the runtime's <c>Init</c>.</summary>
    private static readonly Form[] Forms =
    [
        new("Default", [], (_, spec) => spec),
        new("Zeros", [], (_, spec) => Filled(spec, ParameterInitialization.Zeros, 0)),
        new("Ones", [], (_, spec) => Filled(spec, ParameterInitialization.Ones, 0)),
        new("Constant", [Value], (init, spec) => Filled(spec, ParameterInitialization.Constant, init.Number(Value, 0))),
        new("Uniform", [Low, High], (init, spec) => Filled(spec, ParameterInitialization.Uniform, (init.Number(High, 1) - init.Number(Low, 0)) / 2) with { Shift = (init.Number(Low, 0) + init.Number(High, 1)) / 2 }),
        new("Normal", [Mean, Std], (init, spec) => Filled(spec, ParameterInitialization.Normal, init.Number(Std, 1)) with { Shift = init.Number(Mean, 0) }),
        new("TruncatedNormal", [Mean, Std, Low, High], (init, spec) => init.Truncated(spec)),
        new("KaimingUniform", [Gain, Fan], (init, spec) => Filled(spec, ParameterInitialization.Uniform, init.Number(Gain, GainOfReLU) * Math.Sqrt(3 / init.FanOf(spec)))) { IsOfMatrix = true },
        new("KaimingNormal", [Gain, Fan], (init, spec) => Filled(spec, ParameterInitialization.Normal, init.Number(Gain, GainOfReLU) / Math.Sqrt(init.FanOf(spec)))) { IsOfMatrix = true },
        new("XavierUniform", [Gain], (init, spec) => Filled(spec, ParameterInitialization.Uniform, init.Number(Gain, 1) * Math.Sqrt(6 / (spec.FanIn + spec.FanOut)))) { IsOfMatrix = true },
        new("XavierNormal", [Gain], (init, spec) => Filled(spec, ParameterInitialization.Normal, init.Number(Gain, 1) * Math.Sqrt(2 / (spec.FanIn + spec.FanOut)))) { IsOfMatrix = true },
        new("Orthogonal", [Gain], (init, spec) => Filled(spec, ParameterInitialization.Orthogonal, init.Number(Gain, 1))) { IsOfMatrix = true },
    ];

    /// <summary>Whether nothing is said.</summary>
    public bool IsDefault => Kind == 0;

    private Form Chosen => Forms[Kind];

    public static Initializer Read(string prefix, LayerArguments arguments) => new(
        prefix,
        arguments.Int(prefix),
        AllNumbers.Where(name => arguments.Has(prefix + name))
            .Select(name => new InitializerNumber(name, name == Fan ? arguments.Int(prefix + name) : arguments.Double(prefix + name, 0))).ToEquatableArray());

    /// <summary>What is wrong with the numbers, whatever they are to fill.</summary>
    /// <param name="attribute">The attribute's name.</param>
    public IEnumerable<Problem> CheckNumbers(string attribute)
    {
        if (Kind < 0 || Kind >= Forms.Length)
            return Check.That(false, attribute, Prefix, "one of Init", Kind);
        if (Numbers.FirstOrDefault(number => !Chosen.Numbers.Contains(number.Name)) is { } stray)
            return [Problem.Of(Rules.InitializerNumberUnused, attribute, Prefix + stray.Name, Chosen.Name, Chosen.NumbersText(Prefix)).At(Prefix + stray.Name)];
        return Numbers.SelectMany(number => CheckRange(attribute, number)).Concat(CheckOrder(attribute)).Take(1);
    }

    /// <summary>What is wrong with filling the parameter so.</summary>
    public Problem? CheckShape(string attribute, ParameterSpec? spec) =>
        IsDefault ? null
        : spec is null ? Problem.Of(Rules.InitializerWithoutParameter, attribute, Prefix, Prefix == OfWeight ? "weight" : "bias").At(Prefix)
        : Chosen.IsOfMatrix && spec.Shape.Count < 2 ? NeedsMatrix(attribute, FormattableString.Invariant($"{spec.Name} has shape [{spec.Shape[0]}]"))
        : null;

    /// <summary>What is wrong with filling all parameters of a name so, whatever layers they are of.</summary>
    public Problem? CheckName(string attribute) => Chosen.IsOfMatrix && Prefix == OfBias ? NeedsMatrix(attribute, "biases have one") : null;

    /// <summary>The parameter, to be filled so.</summary>
    public ParameterSpec Fill(ParameterSpec spec) => Chosen.Fill(this, spec);

    private Problem NeedsMatrix(string attribute, string given) => Problem.Of(Rules.InitializerNeedsMatrix, attribute, Chosen.Name, given).At(Prefix);

    private static ParameterSpec Filled(ParameterSpec spec, ParameterInitialization initialization, double scale) => spec with { Initialization = initialization, Scale = scale };

    /// <summary>PyTorch cuts values, the runtime deviations.</summary>
    private ParameterSpec Truncated(ParameterSpec spec)
    {
        double mean = Number(Mean, 0), std = Number(Std, 1);
        return Filled(spec, ParameterInitialization.TruncatedNormal, std) with { Shift = mean, Range = ((Number(Low, -2) - mean) / std, (Number(High, 2) - mean) / std) };
    }

    private double Number(string name, double otherwise) => Numbers.FirstOrDefault(number => number.Name == name)?.Value ?? otherwise;

    private double FanOf(ParameterSpec spec) => Number(Fan, 0) == 0 ? spec.FanIn : spec.FanOut;

    private IEnumerable<Problem> CheckRange(string attribute, InitializerNumber number)
    {
        double value = number.Value;
        bool isFinite = Math.Abs(value) <= float.MaxValue;
        (bool holds, string range) = number.Name switch
        {
            Gain => (value > 0, "above 0 and finite"),
            Fan => (value is 0 or 1, "one of Fan"),
            Std when Chosen.Name == "Normal" => (value >= 0, "at least 0 and finite"),
            Std => (value > 0, "above 0 and finite"),
            _ => (true, "finite"),
        };
        return Check.That(holds && isFinite, attribute, Prefix + number.Name, range, value);
    }

    /// <summary>Where a number is left out it has its default.</summary>
    private IEnumerable<Problem> CheckOrder(string attribute)
    {
        if (!Chosen.Numbers.Contains(High))
            return [];
        bool isUniform = Chosen.Numbers.Count == 2;
        double low = Number(Low, isUniform ? 0 : -2), high = Number(High, isUniform ? 1 : 2);
        string argument = Prefix + (Numbers.Any(number => number.Name == High) ? High : Numbers.Any(number => number.Name == Low) ? Low : "");
        return low < high ? [] : [Problem.Of(Rules.InitializerRangeEmpty, attribute, Chosen.Name, low, high).At(argument)];
    }

    /// <param name="Name">The runtime's, without <c>Init</c>.</param>
    /// <param name="Numbers">The numbers that it takes.</param>
    /// <param name="Fill">What it makes of a parameter.</param>
    private sealed record Form(string Name, EquatableArray<string> Numbers, Func<Initializer, ParameterSpec, ParameterSpec> Fill)
    {
        /// <summary>Whether it counts a weight's connections or its rows.</summary>
        public bool IsOfMatrix { get; init; }

        public string NumbersText(string prefix) => Numbers.Count == 0 ? "none" : string.Join(", ", Numbers.Select(number => prefix + number));
    }
}

/// <summary>A number of an initialiser, by its name.</summary>
internal sealed record InitializerNumber(string Name, double Value);
