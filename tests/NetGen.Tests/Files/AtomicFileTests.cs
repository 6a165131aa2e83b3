using NetGen.Tests.Data;

namespace NetGen.Tests.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ReplacesAFileThroughATemporaryOneBesideIt()
    {
        string path = folder.Write("net", [1, 2, 3]);
        AtomicFile.Write(path, stream =>
        {
            stream.Write([4, 5]);
            folder.Names.Length.ShouldBe(2);
            File.ReadAllBytes(path).ShouldBe([1, 2, 3]);
        });
        File.ReadAllBytes(path).ShouldBe([4, 5]);
        folder.Names.ShouldBe(["net"]);
    }

    [Fact]
    public void LeavesTheOldFileWholeWhenWritingFails()
    {
        string path = folder.Write("net", [1, 2, 3]);
        Should.Throw<IOException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write(new byte[100_000]);
            throw new IOException("There is not enough space on the disk.");
        }));
        File.ReadAllBytes(path).ShouldBe([1, 2, 3]);
        folder.Names.ShouldBe(["net"]);
    }

    [Fact]
    public void LeavesNothingBehindWhenTheNameIsAFolder()
    {
        Directory.CreateDirectory(folder["net"]);
        Should.Throw<IOException>(() => AtomicFile.Write(folder["net"], stream => stream.Write([1]))).Message.ShouldContain("is a folder");
        folder.Names.ShouldBe(["net"]);
    }

    [Fact]
    public void SaysThatTheFolderIsMissing() =>
        Should.Throw<DirectoryNotFoundException>(() => AtomicFile.Write(folder["none/net"], stream => stream.Write([1])))
            .Message.ShouldBe($"'{folder["none/net"]}' cannot be written: the folder '{folder["none"]}' does not exist.");

    [Fact]
    public void WritesThroughALinkAndKeepsThePermissions()
    {
        if (OperatingSystem.IsWindows())
            return;
        string path = folder.Write("net", [1]);
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.SetUnixFileMode(path, OwnerOnly);
        File.CreateSymbolicLink(folder["link"], path);
        AtomicFile.Write(folder["link"], stream => stream.Write([2]));
        File.ReadAllBytes(path).ShouldBe([2]);
        File.GetUnixFileMode(path).ShouldBe(OwnerOnly);
        File.ResolveLinkTarget(folder["link"], true)!.FullName.ShouldBe(path);
    }

    [Fact]
    public void AKillInTheMiddleLeavesTheOldFileWhole()
    {
        string path = folder.Write("net", [1, 2, 3]);
        ChildProcess.KillAt(HalfAFile.Reached, "half a file", TimeSpan.FromMinutes(1), (HalfAFile.PathVariable, path));
        File.ReadAllBytes(path).ShouldBe([1, 2, 3]);
        folder.Names.Length.ShouldBe(2, "what was written so far may remain, under another name");
    }

    /// <summary>A device that is always full, where the system has one.</summary>
    [Fact]
    public void AFullDiskLeavesTheOldFileWhole()
    {
        if (!File.Exists("/dev/full"))
            return;
        string path = folder.Write("net", [1, 2, 3]);
        Should.Throw<IOException>(() => AtomicFile.Write(path, stream =>
        {
            using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write);
            full.Write(new byte[10_000]);
            full.Flush();
        }));
        File.ReadAllBytes(path).ShouldBe([1, 2, 3]);
        folder.Names.ShouldBe(["net"]);
    }
}
