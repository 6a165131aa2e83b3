namespace NetGen;

/// <summary>How an image of other proportions is brought to the size that a network takes.</summary>
public enum ImageFit
{
    /// <summary>Its middle is cut out in the right proportions: the shorter side is seen whole.</summary>
    Crop,

    /// <summary>It is seen whole, and drawn out of its proportions.</summary>
    Stretch,
}
