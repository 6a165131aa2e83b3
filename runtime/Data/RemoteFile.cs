namespace NetGen;

/// <summary>A file that mirrors hold.</summary>
/// <param name="Name">Its name, the same on every mirror.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Sha256">The SHA-256 of its bytes, in lower-case hexadecimal.</param>
internal sealed record RemoteFile(string Name, long Length, string Sha256);
