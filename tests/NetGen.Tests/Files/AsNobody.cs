using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace NetGen.Tests.Files;

/// <summary>Runs something with no more rights to files than anybody has, also where the tests run as the superuser.</summary>
internal static class AsNobody
{
    private const uint Nobody = 65534;

    public static T Run<T>(Func<T> action)
    {
        if (!OperatingSystem.IsLinux())
            return action();
        T? result = default;
        ExceptionDispatchInfo? fault = null;
        var thread = new Thread(() =>
        {
            // Of this thread alone (setfsuid(2)); without the right to change it nothing happens, and none is needed.
            int before = SetFileSystemUser(Nobody);
            try
            {
                result = action();
            }
            catch (Exception exception)
            {
                fault = ExceptionDispatchInfo.Capture(exception);
            }
            finally
            {
                _ = SetFileSystemUser((uint)before);
            }
        });
        thread.Start();
        thread.Join();
        fault?.Throw();
        return result!;
    }

    [DllImport("libc", EntryPoint = "setfsuid")]
    private static extern int SetFileSystemUser(uint user);
}
