using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace NetGen;

/// <summary>What Unix knows of a file and .NET does not tell. Every call is a best effort: where the system lacks it, it does nothing.</summary>
[UnsupportedOSPlatform("windows")]
internal static partial class UnixFile
{
    /// <summary>A kind and an owner.</summary>
    public readonly record struct Status(FileKind Kind, uint User, uint Group);

    /// <summary>What a path leads to, links followed; null where the system does not tell.</summary>
    public static Status? TryGetStatus(string path)
    {
        try
        {
            // Linux has one layout of statx for all processors, and several of stat.
            if (OperatingSystem.IsLinux())
            {
                return StatX(CurrentFolder, path, 0, BasicStatus, out LinuxStatus linux) == 0
                    ? new(KindOf(linux.Mode), linux.User, linux.Group)
                    : null;
            }
            if (!OperatingSystem.IsMacOS())
                return null;
            bool isArm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;
            MacStatus mac;
            return (isArm ? StatOnArm(path, out mac) : StatOnIntel(path, out mac)) == 0 ? new(KindOf(mac.Mode), mac.User, mac.Group) : null;
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The path of an existing file without links, as the system follows them; null where it does not tell.</summary>
    public static string? TryResolve(string path)
    {
        nint text = RealPath(path, 0);
        try
        {
            return Marshal.PtrToStringUTF8(text);
        }
        finally
        {
            unsafe
            {
                NativeMemory.Free((void*)text);
            }
        }
    }

    /// <summary>Gives an open file the owner of another. Only the superuser may change the user; a group of one's own may be given by anyone.</summary>
    public static void TrySetOwner(SafeFileHandle file, Status owner)
    {
        if (ChangeOwner(file, owner.User, owner.Group) != 0)
            _ = ChangeOwner(file, uint.MaxValue, owner.Group);
    }

    /// <summary>Brings a folder's names to the disk, so that a rename in it outlasts a loss of power.</summary>
    /// <returns>Whether the system did it.</returns>
    public static bool TrySyncFolder(string folder)
    {
        int descriptor = Open(folder, 0);
        if (descriptor < 0)
            return false;
        bool isSynced = Sync(descriptor) == 0;
        _ = Close(descriptor);
        return isSynced;
    }

    private const int CurrentFolder = -100;
    private const uint BasicStatus = 0x7FF;

    private static FileKind KindOf(ushort mode) => (mode & 0xF000) switch
    {
        0x1000 => FileKind.Pipe,
        0x2000 => FileKind.CharacterDevice,
        0x4000 => FileKind.Folder,
        0x6000 => FileKind.BlockDevice,
        0xC000 => FileKind.Socket,
        _ => FileKind.Regular,
    };

    /// <summary>The fields of struct statx that matter here (statx(2)).</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct LinuxStatus
    {
        [FieldOffset(20)]
        public uint User;

        [FieldOffset(24)]
        public uint Group;

        [FieldOffset(28)]
        public ushort Mode;
    }

    /// <summary>The same of macOS's struct stat with inodes of 64 bits (stat(2)).</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct MacStatus
    {
        [FieldOffset(4)]
        public ushort Mode;

        [FieldOffset(16)]
        public uint User;

        [FieldOffset(20)]
        public uint Group;
    }

    [LibraryImport("libc", EntryPoint = "stat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatOnArm(string path, out MacStatus status);

    [LibraryImport("libc", EntryPoint = "stat$INODE64", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatOnIntel(string path, out MacStatus status);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint mask, out LinuxStatus status);

    [LibraryImport("libc", EntryPoint = "realpath", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint RealPath(string path, nint buffer);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "fchown")]
    private static partial int ChangeOwner(SafeFileHandle file, uint user, uint group);
}
