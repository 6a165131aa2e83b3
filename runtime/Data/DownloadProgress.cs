namespace NetGen;

/// <summary>How far a download is.</summary>
/// <param name="File">The file on its way.</param>
/// <param name="Received">Bytes of it that are here, those of an earlier, interrupted download included.</param>
/// <param name="Length">Its length in bytes.</param>
public readonly record struct DownloadProgress(string File, long Received, long Length);
