using NetGen.Generator.Collections;

namespace NetGen.Generator.Diagnostics;

/// <summary>The table of diagnostics. Each id has a page in Help/ and a line in AnalyzerReleases.*.md; a test holds both.</summary>
internal static class Rules
{
    /// <summary>Where the help pages are; the id and <c>.md</c> follow.</summary>
    public const string HelpAddress = "https://github.com/netgen-dotnet/NetGen/blob/main/generator/NetGen.Generator/Help/";

    private const string Generation = "NetGen.Generation";
    private const string Shapes = "NetGen.Shapes";
    private const string Declaration = "NetGen.Declaration";
    private const string Performance = "NetGen.Performance";

    public static readonly Rule InternalFault = new(
        "NG0001", "The generator failed", "NetGen failed on network '{0}' with {1}; please report this with the class's attributes", Generation);

    public static readonly Rule WrongInFeatures = new(
        "NG0102", "Wrong number of input features", "{0} expects {1} inputs but receives {2}", Shapes);

    public static readonly Rule WrongInChannels = new(
        "NG0103", "Wrong number of input channels", "{0} expects {1} input channels but receives {2}", Shapes);

    public static readonly Rule WrongNormFeatures = new(
        "NG0104", "Wrong number of normalised features", "{0} expects {1} {2} but receives {3}", Shapes);

    public static readonly Rule KernelTooLarge = new(
        "NG0105", "Kernel larger than the padded input", "{0}'s {1} kernel does not fit its {2} input: output {3} is {4}", Shapes);

    public static readonly Rule FlattenMissing = new(
        "NG0106", "Flatten missing", "{0} expects a flat input but receives {1}: put [Flatten] before it, which makes it {2}", Shapes);

    public static readonly Rule OtherDimensions = new(
        "NG0107", "Other dimensions expected", "{0} expects {1} but receives {2}{3}", Shapes);

    public static readonly Rule ArgumentOutOfRange = new(
        "NG0108", "Argument out of range", "{0}: {1} must be {2} but is {3}", Shapes);

    public static readonly Rule DropoutOutOfRange = new(
        "NG0109", "Dropout probability out of range", "{0}: p must be at least 0 and below 1 but is {1}", Shapes);

    public static readonly Rule PoolPaddingTooLarge = new(
        "NG0110", "Pooling padded by more than half its kernel", "{0}: padding {1} is more than half of the kernel {2}; at most {3} keeps every window on the image", Shapes);

    public static readonly Rule OutputTooLarge = new(
        "NG0111", "Layer too large to address", "{0}: {1} has {2} values, more than the {3} that can be addressed", Shapes);

    public static readonly Rule NetworkTooLarge = new(
        "NG0112", "Network too large to address", "Network '{0}' has {1} {2}, more than the {3} that can be addressed", Shapes);

    public static readonly Rule UnequalGroups = new(
        "NG0150", "Channels do not divide into groups", "{0}: {1} {2} channels do not divide into {3} groups", Shapes);

    public static readonly Rule WrongPaddingCount = new(
        "NG0151", "Wrong number of paddings", "{0}: {1} takes {2}, but has {3}", Shapes);

    public static readonly Rule PaddedAway = new(
        "NG0152", "Padding larger than the output", "{0}: nothing is left of the {1} of its {2} input: {3}", Shapes);

    public static readonly Rule OutputPaddingTooLarge = new(
        "NG0153", "Output padding not below the stride", "{0}: outputPadding {1} must be smaller than the stride {2} or the dilation {3}", Shapes);

    public static readonly Rule WrongFilterValues = new(
        "NG0154", "Wrong number of filter values", "{0}: {1} values do not make filters of {2}×{3} = {4} values each", Shapes);

    public static readonly Rule InputMissing = new(
        "NG0113", "Input missing", "Network '{0}' has no [Input]: add [Input(channels, height, width)] or [Input(features)]", Shapes);

    public static readonly Rule InputTwice = new(
        "NG0114", "More than one Input", "Network '{0}' has a second [Input]: a network has exactly one", Shapes);

    public static readonly Rule NoLayer = new(
        "NG0115", "No layer", "Network '{0}' has no layer: add at least one, for example [Linear(10)]", Shapes);

    public static readonly Rule DuplicateLayerName = new(
        "NG0116", "Layer name used twice", "Layer name '{0}' is used twice in '{1}'{2}", Shapes);

    public static readonly Rule InvalidLayerName = new(
        "NG0117", "Layer name cannot be used", "Layer name '{0}' cannot be used: a name is letters, digits and underscores, in parts that are separated by dots and each have a letter or digit", Shapes);

    public static readonly Rule WrongExtentCount = new(
        "NG0118", "Wrong number of extents", "{0}: {1} takes {2}, but has {3}", Shapes);

    public static readonly Rule ArgumentUnknown = new(
        "NG0119", "Argument without a value yet", "{0}: {1} has no value yet when NetGen reads it, because it is generated: write {2}, or a constant of your own", Shapes);

    public static readonly Rule InputBelowLayers = new(
        "NG0120", "Input below layers", "The [Input] of network '{0}' must stand above its layers: their order is the order of the source", Shapes);

    public static readonly Rule OtherNormalization = new(
        "NG0121", "Batch normalisation of the other kind", "{0} normalises {1} but receives {2}: use {3}", Shapes);

    public static readonly Rule UnknownLayer = new(
        "NG0122", "Unknown layer", "{0} takes the output of '{1}', {2}", Shapes);

    public static readonly Rule UnequalShapes = new(
        "NG0123", "Outputs of unequal shape", "{0} takes outputs of {1}, but '{2}' is {3} and '{4}' is {5}", Shapes);

    public static readonly Rule NothingToMerge = new(
        "NG0124", "Nothing to merge", "{0} names no layer: name at least one above it, as in [{0}(\"{1}\")]", Shapes);

    public static readonly Rule OutputUnused = new(
        "NG0125", "Output never used", "The output of '{0}' is never used: take it somewhere with From = \"{0}\", [Add(\"{0}\")] or [Concat(\"{0}\")], or remove the layer", Shapes);

    public static readonly Rule NotABlock = new(
        "NG0126", "Use of what is no block", "'{0}' cannot be used as a block: it {1}", Shapes);

    public static readonly Rule TooManyNumbers = new(
        "NG0127", "More numbers than parameters", "Use gives {0} for the parameters of '{1}', which has {2}", Shapes);

    public static readonly Rule ArgumentWithoutValue = new(
        "NG0128", "Argument that cannot be worked out", "{0}: {1} has no value{2}: {3}", Shapes);

    public static readonly Rule EndlessBlocks = new(
        "NG0129", "Blocks that use each other", "Use of '{0}' would never end: {1}", Shapes);

    public static readonly Rule TooManyLayers = new(
        "NG0130", "Too many layers", "Network '{0}' has more than {1} layers, or repetitions of blocks", Shapes);

    public static readonly Rule OtherMode = new(
        "NG0131", "Mode for other dimensions", "{0}: {1} is for {2} but receives {3}: use {4}", Shapes);

    public static readonly Rule WrongNormalizedShape = new(
        "NG0132", "Wrong shape to normalise", "{0} normalises the last dimensions {1} but receives {2}", Shapes);

    public static readonly Rule MomentumOfMean = new(
        "NG0133", "Momentum of a mean of all batches", "{0}: Momentum {1} says nothing where Cumulative = true has all batches weigh alike: leave one of them out", Shapes);

    public static readonly Rule NotToBeShared = new(
        "NG0134", "Layer that cannot be shared", "{0} cannot share the parameters of '{1}', {2}", Shapes);

    public static readonly Rule IndivisibleGroups = new(
        "NG0140", "Channels do not divide into groups", "{0} makes {1} groups of equal size but receives {2}, whose {3} channels do not divide by that", Shapes);

    public static readonly Rule WrongSideCount = new(
        "NG0141", "Wrong number of sides", "{0}: {1} takes {2}, but has {3}", Shapes);

    public static readonly Rule EdgesDoNotSuit = new(
        "NG0142", "Edges do not suit the image", "{0} {1} but receives {2}", Shapes);

    public static readonly Rule InitializerNeedsMatrix = new(
        "NG0143", "Initialiser of matrices for a vector", "{0}: Init.{1} is for weights of two dimensions or more, but {2}", Shapes);

    public static readonly Rule InitializerNumberUnused = new(
        "NG0144", "Number that the initialiser does not take", "{0}: {1} says nothing to Init.{2}, whose numbers are: {3}", Shapes);

    public static readonly Rule InitializerWithoutParameter = new(
        "NG0145", "Initialiser without a parameter", "{0}: {1} has nothing to fill, because the layer has no {2}", Shapes);

    public static readonly Rule InitializerRangeEmpty = new(
        "NG0146", "Range without values", "{0}: Init.{1} draws from {2} to {3}: the first must be below the second", Shapes);

    public static readonly Rule UnequalSizes = new(
        "NG0147", "Reshape to another number of values", "{0} makes {1} but receives {2}", Shapes);

    public static readonly Rule IndivisibleShuffle = new(
        "NG0148", "Pixels or channels that cannot be shuffled", "{0} expects {1} but receives {2}", Shapes);

    public static readonly Rule UnknownWeights = new(
        "NG0160", "Unknown layer to share parameters with", "{0} takes the parameters of '{1}', {2}", Shapes);

    public static readonly Rule OtherKindOfWeights = new(
        "NG0161", "Parameters of another kind of layer", "{0} takes the parameters of '{1}', which is a {2}: layers share those of their own kind", Shapes);

    public static readonly Rule OtherShapeOfWeights = new(
        "NG0162", "Shared parameters of another shape", "{0} takes the parameters of '{1}', which are {2}, but its own would be {3}", Shapes);

    public static readonly Rule FrozenOverShared = new(
        "NG0163", "Frozen layer with parameters that train", "{0} is frozen but takes the parameters of '{1}', which trains: freeze that {2} as well", Shapes);

    public static readonly Rule InvalidOutputName = new(
        "NG0164", "Output name cannot be used", "Output name '{0}' cannot be used: a name is letters, digits and underscores, a letter first, and neither 'input' nor 'output'", Shapes);

    public static readonly Rule DuplicateOutputName = new(
        "NG0165", "Output name used twice", "Output name '{0}' is used twice in '{1}'{2}", Shapes);

    public static readonly Rule NoFurtherOutput = new(
        "NG0166", "Output that is none of its own", "Output '{0}' is {1}: name the output of another layer above it, as in From = \"linear1\"", Shapes);

    public static readonly Rule DebugBuild = new(
        "NG0201", "Network in an unoptimised build", "This Debug build runs networks about 15 times slower: build with -c Release, set <Optimize>true</Optimize> in the project, or <NetGenOptimizeInDebug>true</NetGenOptimizeInDebug> to keep the rest debuggable", Performance, IsError: false);

    public static readonly Rule NotPartial = new(
        "NG0301", "Class is not partial", "Network '{0}' must be partial, because NetGen writes the other part of it", Declaration);

    public static readonly Rule ContainerNotPartial = new(
        "NG0302", "Containing type is not partial", "'{1}', which contains network '{0}', must be partial, because NetGen writes another part of it", Declaration);

    public static readonly Rule UnsupportedClass = new(
        "NG0303", "Class cannot be a network", "Network '{0}' must not be {1}: {2}", Declaration);

    public static readonly Rule SplitLayers = new(
        "NG0304", "Layers split over partial declarations", "The attributes of {0} '{1}' must all stand on one of its partial declarations, because their order is the order of the layers", Declaration);

    public static readonly Rule NetworkMissing = new(
        "NG0305", "Layers without Network", "'{0}' has layer attributes but neither [Network] nor [Block]: without one they do nothing", Declaration);

    public static readonly Rule MemberConflict = new(
        "NG0306", "Member conflicts with a generated one", "Network '{0}' declares '{1}', which NetGen generates: rename or remove it", Declaration);

    public static readonly Rule ConstructorNotChained = new(
        "NG0307", "Constructor does not initialise the network", "A constructor of network '{0}' must call the generated one: add ': this(seed)'", Declaration);

    public static readonly Rule BaseConstructorMissing = new(
        "NG0308", "Base class without a constructor to call", "Network '{0}' derives from '{1}', which has no constructor without parameters for the generated one to call: give it one, or hold a '{1}' in a field instead", Declaration);

    public static readonly Rule BlockAndNetwork = new(
        "NG0309", "Block that is a network", "'{0}' is declared a network and a block: give its layers to a block, and have a network of its own use that", Declaration);

    public static readonly Rule InputOfBlock = new(
        "NG0310", "Input of a block", "Block '{0}' has an [Input]: a block takes what its use gives it, and calls it Block.Input", Declaration);

    public static readonly Rule BlockWithoutLayers = new(
        "NG0311", "Block without layers", "Block '{0}' has no layer: add at least one, for example [ReLU]", Declaration);

    public static readonly Rule OutputOfBlock = new(
        "NG0320", "Output of a block", "Block '{0}' has an [Output]: outputs are a network's; name one there, of the use with From", Declaration);

    public static readonly Rule ParameterNotConstant = new(
        "NG0312", "Parameter that is no constant", "Parameter '{0}' of block '{1}' must be a constant of type int: [Parameter] public const int {0} = 1", Declaration);

    public static readonly Rule BudgetExceeded = new(
        "NG0313", "Budget exceeded", "Network '{0}' takes {1} {2}, more than its budget of {3}: most in {4}", Declaration);

    public static readonly Rule BudgetOfBlock = new(
        "NG0314", "Budget of a block", "Block '{0}' has a [Budget]: what a block costs depends on its use, so give one to the network", Declaration);

    /// <summary>All rules, by id.</summary>
    public static readonly EquatableArray<Rule> All =
    [
        InternalFault, WrongInFeatures, WrongInChannels, WrongNormFeatures, KernelTooLarge, FlattenMissing, OtherDimensions, ArgumentOutOfRange,
        DropoutOutOfRange, PoolPaddingTooLarge, OutputTooLarge, NetworkTooLarge, InputMissing, InputTwice, NoLayer, DuplicateLayerName,
        InvalidLayerName, WrongExtentCount, ArgumentUnknown, InputBelowLayers, OtherNormalization, UnknownLayer, UnequalShapes, NothingToMerge, OutputUnused,
        UnequalGroups, WrongPaddingCount, PaddedAway, OutputPaddingTooLarge, WrongFilterValues, NotABlock, TooManyNumbers, ArgumentWithoutValue, EndlessBlocks, TooManyLayers, OtherMode, WrongNormalizedShape, MomentumOfMean, NotToBeShared, IndivisibleGroups, WrongSideCount,
        EdgesDoNotSuit, InitializerNeedsMatrix, InitializerNumberUnused, InitializerWithoutParameter, InitializerRangeEmpty, UnequalSizes, IndivisibleShuffle, UnknownWeights, OtherKindOfWeights,
        OtherShapeOfWeights, FrozenOverShared, InvalidOutputName, DuplicateOutputName, NoFurtherOutput, DebugBuild, NotPartial, ContainerNotPartial, UnsupportedClass, SplitLayers, NetworkMissing,
        MemberConflict, ConstructorNotChained, BaseConstructorMissing, BlockAndNetwork, InputOfBlock, BlockWithoutLayers, ParameterNotConstant, OutputOfBlock,
        BudgetExceeded, BudgetOfBlock,
    ];
}
