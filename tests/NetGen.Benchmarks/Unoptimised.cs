using System.Diagnostics.Tracing;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using System.Runtime.Loader;

namespace NetGen.Benchmarks;

/// <summary>Counts the emitted methods that the just-in-time compiler gives up optimising, because they are too large: they run 15 times slower.</summary>
internal static class Unoptimised
{
    private static string Level => Avx512F.IsSupported ? "Avx512" : Avx2.IsSupported && Fma.IsSupported ? "Avx2" : "Portable";

    /// <summary>Compiles all emitted kernels of an assembly for this processor.</summary>
    public static int Count(byte[] image)
    {
        using var methods = new LoadedMethods();
        var context = new AssemblyLoadContext("networks", isCollectible: true);
        Type[] emitted = [.. context.LoadFromStream(new MemoryStream(image)).GetTypes()
            .Where(type => type.Namespace?.StartsWith("NetGen.Emitted", StringComparison.Ordinal) == true && !type.IsInterface
                && (type.Name is not ("Avx512" or "Avx2" or "Portable") || type.Name == Level))];
        foreach (Type type in emitted)
        {
            // The passes of thin networks, for the level that this processor has.
            RuntimeTypeHandle[] level = type.IsGenericTypeDefinition ? [emitted.Single(one => one.Name == Level && one.Namespace == type.Namespace).TypeHandle] : [];
            foreach (MethodInfo method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                RuntimeHelpers.PrepareMethod(method.MethodHandle, level);
        }
        context.Unload();
        return methods.Unoptimised;
    }

    /// <summary>Listens to what the runtime says of each method that it has compiled.</summary>
    private sealed class LoadedMethods : EventListener
    {
        private const EventKeywords Jit = (EventKeywords)0x10;

        /// <summary>Bits 7 to 9 of a method's flags say how it was compiled; 1 is without optimisation.</summary>
        private const int TierShift = 7, TierMask = 7, MinOpts = 1;

        private int unoptimised;

        public int Unoptimised => unoptimised;

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "Microsoft-Windows-DotNETRuntime")
                EnableEvents(eventSource, EventLevel.Verbose, Jit);
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (eventData.EventName?.StartsWith("MethodLoadVerbose", StringComparison.Ordinal) != true)
                return;
            object? Of(string name) => eventData.Payload![eventData.PayloadNames!.IndexOf(name)];
            if (Of("MethodNamespace") is string type && type.StartsWith("NetGen.Emitted", StringComparison.Ordinal)
                && (((uint)Of("MethodFlags")! >> TierShift) & TierMask) == MinOpts)
            {
                Interlocked.Increment(ref unoptimised);
            }
        }
    }
}
