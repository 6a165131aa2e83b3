using System.Net.Sockets;
using System.Runtime.Versioning;
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
        })).Message.ShouldBe($"'{path}' cannot be written, and is as it was. There is not enough space on the disk.");
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
    public void ANameThatEndsAsAFolderIsOne() =>
        Should.Throw<IOException>(() => AtomicFile.Write(folder["none/"], stream => stream.Write([1]))).Message.ShouldContain("is a folder");

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
    public void AKillInTheMiddleLeavesTheOldFileWholeAndTheNextSaveCleansUp()
    {
        string path = folder.Write("net", [1, 2, 3]);
        ChildProcess.KillAt(HalfAFile.Reached, "half a file", TimeSpan.FromMinutes(1), (HalfAFile.PathVariable, path));
        File.ReadAllBytes(path).ShouldBe([1, 2, 3]);
        folder.Names.Length.ShouldBe(2, "what was written so far may remain, under another name");

        AtomicFile.Write(folder["other"], stream => stream.Write([4]));
        folder.Names.ShouldBe(["net", "other"]);
    }

    /// <summary>Only files of its own form whose owner is gone.</summary>
    [Fact]
    public void WhatOthersAreWritingIsNotCleanedUp()
    {
        string[] foreign = ["net.0123456789abcdef0123456789abcdef.tmp", ".netgen-mine.tmp", ".netgen-0123456789abcdef0123456789abcdef.tmp.txt", "x.tmp"];
        foreach (string name in foreign)
            folder.Write(name, [1]);
        folder.Write(".netgen-0123456789abcdef0123456789abcdef.tmp", [1]);
        AtomicFile.Write(folder["slow"], slow =>
        {
            slow.Write([1]);
            AtomicFile.Write(folder["fast"], fast => fast.Write([2]));
            folder.Names.Length.ShouldBe(foreign.Length + 2, "the slow one is still there, the abandoned one is not");
        });
        folder.Names.ShouldBe(((string[])[.. foreign, "fast", "slow"]).Order(StringComparer.Ordinal));
        File.ReadAllBytes(folder["slow"]).ShouldBe([1]);
    }

    /// <summary>The longest name that file systems take: 255 bytes.</summary>
    [Fact]
    public void TheLongestNameCanBeWritten()
    {
        string name = new('n', 255);
        AtomicFile.Write(folder[name], stream => stream.Write([1]));
        AtomicFile.Write(folder[name], stream => stream.Write([2]));
        File.ReadAllBytes(folder[name]).ShouldBe([2]);
        Should.Throw<IOException>(() => AtomicFile.Write(folder[name + "n"], stream => stream.Write([1])));
        folder.Names.ShouldBe([name]);
    }

    [Fact]
    public void SavesAtTheSameTimeEndWithOneWholeFile()
    {
        const int Length = 300_000;
        string path = folder["net"];
        byte[][] contents = [.. Enumerable.Range(1, 4).Select(i => Enumerable.Repeat((byte)i, Length).ToArray())];
        Thread[] threads = [.. contents.Select(bytes => new Thread(() =>
        {
            for (var i = 0; i < 25; i++)
                AtomicFile.Write(path, stream => stream.Write(bytes));
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        AtomicFile.Write(path, stream => stream.Write(contents[0]));
        while (threads.Any(thread => thread.IsAlive))
        {
            byte[] read = File.ReadAllBytes(path);
            read.Length.ShouldBe(Length);
            read.AsSpan().IndexOfAnyExcept(read[0]).ShouldBe(-1, "a reader must find one file, not parts of two");
        }
        foreach (Thread thread in threads)
            thread.Join();
        folder.Names.ShouldBe(["net"]);
    }

    /// <summary>Each cleans up after processes that are gone, and must not take another's file for one of theirs.</summary>
    [Fact]
    public void SavesIntoOneFolderLeaveEachOtherAlone()
    {
        Parallel.For(0, 6, new ParallelOptions { MaxDegreeOfParallelism = 6 }, thread =>
        {
            for (var i = 0; i < 60; i++)
                AtomicFile.Write(folder[$"net{thread}"], stream => stream.Write([(byte)i]));
        });
        folder.Names.ShouldBe(Enumerable.Range(0, 6).Select(thread => $"net{thread}"));
        foreach (string name in folder.Names)
            File.ReadAllBytes(folder[name]).ShouldBe([59]);
    }

    /// <summary>Where the process may give files away, as the superuser may.</summary>
    [Fact]
    public void TheOwnerIsKept()
    {
        if (!OperatingSystem.IsLinux())
            return;
        string path = folder.Write("net", [1]);
        using (FileStream file = File.OpenWrite(path))
            UnixFile.TrySetOwner(file.SafeFileHandle, new UnixFile.Status(FileKind.Regular, 12345, 23456));
        UnixFile.Status before = UnixFile.TryGetStatus(path)!.Value;
        AtomicFile.Write(path, stream => stream.Write([2]));
        UnixFile.TryGetStatus(path).ShouldBe(before);
    }

    [Fact]
    public void ADeviceStaysADevice()
    {
        if (!File.Exists("/dev/null"))
            return;
        foreach (string device in (string[])["/dev/null", "/dev/full"])
        {
            Should.Throw<IOException>(() => AtomicFile.Write(device, stream => stream.Write([1]))).Message
                .ShouldBe($"'{device}' is a device, which cannot be replaced whole; the name of a file is expected. Open it as a stream to write to it.");
            FileKinds.Of(device).ShouldBe(FileKind.CharacterDevice);
        }
        File.CreateSymbolicLink(folder["link"], "/dev/null");
        Should.Throw<IOException>(() => AtomicFile.Write(folder["link"], stream => stream.Write([1]))).Message.ShouldContain("is a device");
        Should.Throw<IOException>(() => InputFile.Open("/dev/zero")).Message.ShouldBe("'/dev/zero' is a device; the name of a file is expected.");
    }

    /// <summary>To open one may wait for ever.</summary>
    [Fact]
    public void APipeStaysAPipeAndNobodyWaitsForIt()
    {
        if (!File.Exists("/usr/bin/mkfifo"))
            return;
        System.Diagnostics.Process.Start("/usr/bin/mkfifo", [folder["pipe"]]).WaitForExit();
        Should.Throw<IOException>(() => AtomicFile.Write(folder["pipe"], stream => stream.Write([1]))).Message.ShouldContain("is a pipe, which cannot be replaced whole");
        Should.Throw<IOException>(() => InputFile.Open(folder["pipe"])).Message.ShouldContain("is a pipe; the name of a file is expected");
        FileKinds.Of(folder["pipe"]).ShouldBe(FileKind.Pipe);
        folder.Names.ShouldBe(["pipe"]);
    }

    [Fact]
    public void ASocketStaysASocket()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(folder["socket"]));
        Should.Throw<IOException>(() => AtomicFile.Write(folder["socket"], stream => stream.Write([1]))).Message.ShouldContain("is a socket");
        FileKinds.Of(folder["socket"]).ShouldBe(FileKind.Socket);
    }

    [Fact]
    public void AMissingTargetOfALinkIsMadeAndTheLinkStays()
    {
        if (OperatingSystem.IsWindows())
            return;
        File.CreateSymbolicLink(folder["link"], "target");
        AtomicFile.Write(folder["link"], stream => stream.Write([1]));
        File.ReadAllBytes(folder["target"]).ShouldBe([1]);
        new FileInfo(folder["link"]).LinkTarget.ShouldBe("target");
    }

    /// <summary>The system takes the .. of a relative link from where the folder really lies, not from the name by which it was reached.</summary>
    [Fact]
    public void ARelativeLinkInALinkedFolderLeadsWhereTheSystemSays()
    {
        if (OperatingSystem.IsWindows())
            return;
        Directory.CreateDirectory(folder["real/runs/last"]);
        Directory.CreateDirectory(folder["seen"]);
        folder.Write("real/runs/best", [1]);
        folder.Write("seen/best", [7]);
        File.CreateSymbolicLink(folder["real/runs/last/net"], "../best");
        Directory.CreateSymbolicLink(folder["seen/last"], folder["real/runs/last"]);
        AtomicFile.Write(folder["seen/last/net"], stream => stream.Write([2]));
        File.ReadAllBytes(folder["real/runs/best"]).ShouldBe([2]);
        File.ReadAllBytes(folder["seen/best"]).ShouldBe([7]);
    }

    [Fact]
    public void LinksInACircleAreAFaultOfTheFile()
    {
        if (OperatingSystem.IsWindows())
            return;
        File.CreateSymbolicLink(folder["a"], folder["b"]);
        File.CreateSymbolicLink(folder["b"], folder["a"]);
        Should.Throw<IOException>(() => AtomicFile.Write(folder["a"], stream => stream.Write([1])));
        Should.Throw<IOException>(() => InputFile.Open(folder["a"]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void RefusesWhatIsNoPath(string path)
    {
        Should.Throw<ArgumentException>(() => AtomicFile.Write(path, stream => stream.Write([1])));
        Should.Throw<ArgumentException>(() => InputFile.Open(path));
    }

    /// <summary>A rename would ask for the folder's permission only.</summary>
    [Fact]
    public void AFileThatMayNotBeWrittenIsNotReplaced()
    {
        if (OperatingSystem.IsWindows())
            return;
        string path = folder.Write("net", [1]);
        OpenToAll();
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        AsNobody.Run(() => Should.Throw<UnauthorizedAccessException>(() => AtomicFile.Write(path, stream => stream.Write([2]))))
            .Message.ShouldBe($"'{path}' may not be written.");
        File.ReadAllBytes(path).ShouldBe([1]);
        folder.Names.ShouldBe(["net"]);
    }

    [Fact]
    public void AFolderThatMayNotBeWrittenIsNamed()
    {
        if (OperatingSystem.IsWindows())
            return;
        File.SetUnixFileMode(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        AsNobody.Run(() => Should.Throw<UnauthorizedAccessException>(() => AtomicFile.Write(folder["net"], stream => stream.Write([2]))))
            .Message.ShouldBe($"'{folder["net"]}' cannot be written: the folder '{folder.Path}' allows no new files.");
        File.SetUnixFileMode(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public void AFileThatMayNotBeReadIsRefused()
    {
        if (OperatingSystem.IsWindows())
            return;
        string path = folder.Write("net", [1]);
        OpenToAll();
        File.SetUnixFileMode(path, UnixFileMode.None);
        AsNobody.Run(() => Should.Throw<UnauthorizedAccessException>(() => InputFile.Open(path)));
    }

    /// <summary>A file that only its owner may read is never readable by others, not even while it is written.</summary>
    [Fact]
    public void TheNewFileIsSecretFromTheStart()
    {
        if (OperatingSystem.IsWindows())
            return;
        string path = folder.Write("net", [1]);
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.SetUnixFileMode(path, OwnerOnly);
        AtomicFile.Write(path, stream =>
        {
            if (!OperatingSystem.IsWindows())
                ModeOf((FileStream)stream).ShouldBe(OwnerOnly);
        });
    }

    [Fact]
    public void TheFolderIsBroughtToTheDisk()
    {
        if (OperatingSystem.IsWindows())
            return;
        UnixFile.TrySyncFolder(folder.Path).ShouldBeTrue();
        UnixFile.TrySyncFolder(folder["none"]).ShouldBeFalse();
    }

    [UnsupportedOSPlatform("windows")]
    private static UnixFileMode ModeOf(FileStream stream) => File.GetUnixFileMode(stream.SafeFileHandle);

    [UnsupportedOSPlatform("windows")]
    private void OpenToAll() => File.SetUnixFileMode(folder.Path, (UnixFileMode)0b111_111_111);

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
