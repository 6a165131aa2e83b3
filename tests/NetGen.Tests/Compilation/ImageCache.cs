using System.Security.Cryptography;
using System.Text;

namespace NetGen.Tests.Compilation;

/// <summary>
/// Compiled images in the temporary folder, so that the processes of other instruction-set levels need not compile the same networks
/// again. The key covers the source and the identities of the generator, the runtime and the compiler: an old image is never taken.
/// </summary>
internal static class ImageCache
{
    private static readonly string Folder = Path.Combine(Path.GetTempPath(), "netgen-tests");
    private static readonly TimeSpan MostAge = TimeSpan.FromDays(1);

    /// <summary>The image for that key; made by one process while others wait.</summary>
    public static byte[] GetOrMake(string key, Func<byte[]> make)
    {
        Directory.CreateDirectory(Folder);
        string path = Path.Combine(Folder, $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}.dll");
        using FileStream turn = WaitForTurn($"{path}.lock");
        if (File.Exists(path))
            return File.ReadAllBytes(path);
        byte[] image = make();
        DeleteOld();
        File.WriteAllBytes($"{path}.new", image);
        File.Move($"{path}.new", path, overwrite: true);
        return image;
    }

    private static FileStream WaitForTurn(string path)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                Thread.Sleep(50);
            }
        }
    }

    private static void DeleteOld()
    {
        foreach (string path in Directory.EnumerateFiles(Folder, "*.dll"))
        {
            if (DateTime.UtcNow - File.GetLastWriteTimeUtc(path) > MostAge)
                File.Delete(path);
        }
    }
}
