using System.Runtime.InteropServices;

namespace Capsule.Runtime.Toolchains;

/// <summary>The machine a toolchain must fit: npm's words for system and processor, and what matters inside them.</summary>
/// <param name="System">linux, darwin or win32.</param>
/// <param name="Processor">x64 or arm64.</param>
/// <param name="Musl">True where the C library is musl.</param>
/// <param name="Avx2">False on x64 processors that lack AVX2; bun has a build of its own for them.</param>
internal sealed record ToolchainPlatform(string System, string Processor, bool Musl = false, bool Avx2 = true)
{
    public static ToolchainPlatform Here { get; } = new(
        OperatingSystem.IsMacOS() ? "darwin" : OperatingSystem.IsWindows() ? "win32" : "linux",
        RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "x64",
        OperatingSystem.IsLinux() && RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal),
        HasAvx2("/proc/cpuinfo"));

    /// <summary>True unless a readable <c>/proc/cpuinfo</c> lists flags without avx2.</summary>
    internal static bool HasAvx2(string cpuInfo)
    {
        if (!File.Exists(cpuInfo))
        {
            return true;
        }

        var flags = File.ReadLines(cpuInfo).FirstOrDefault(l => l.StartsWith("flags", StringComparison.Ordinal));
        return flags is null || flags.Split(' ', '\t').Contains("avx2", StringComparer.Ordinal);
    }

    public override string ToString() => $"{System}-{Processor}{(Musl ? "-musl" : "")}";
}
