namespace Capsule.Runtime.Toolchains;

/// <summary>Why this toolchain and no other was taken.</summary>
public enum ToolchainChoice
{
    /// <summary>The lock names it.</summary>
    Locked,

    /// <summary>The newest one already held that satisfies the range.</summary>
    Held,

    /// <summary>The registry's newest that satisfies the range.</summary>
    Newest,

    /// <summary>The machine's own.</summary>
    System,
}

/// <summary>A toolchain that stands, read-only, on this machine. Part of the run record.</summary>
/// <param name="Name">bun, deno, node, python or dotnet.</param>
/// <param name="Version">Exact version.</param>
/// <param name="Integrity">sha512 integrity of the archive it came from, in SRI form; null for the machine's own.</param>
/// <param name="Directory">Absolute path of its folder.</param>
/// <param name="Program">Path of the executable below <see cref="Directory"/>.</param>
/// <param name="Choice">Why it was taken.</param>
public sealed record Toolchain(string Name, string Version, string? Integrity, string Directory, string Program, ToolchainChoice Choice)
{
    /// <summary>The folder of the program below <see cref="Directory"/>, for PATH.</summary>
    public string ProgramFolder => Path.GetDirectoryName(Program) ?? "";
}
