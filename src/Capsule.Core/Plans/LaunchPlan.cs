namespace Capsule.Core.Plans;

/// <summary>
/// What runs, allowed what (specs: sandbox 3). A pure function of the manifest: no host path, uid, clock, or port
/// chosen at run time is in it. Serialised as JCS.
/// </summary>
public sealed record LaunchPlan
{
    public string Schema { get; init; } = "capsule-launch-plan/1";

    public required PackageReference Package { get; init; }

    public LaunchSelection Selection { get; init; } = new();

    /// <summary>The packages besides it that cells are made from.</summary>
    public IReadOnlyList<DependencyPlan> Dependencies { get; init; } = [];

    public IReadOnlyList<CellPlan> Cells { get; init; } = [];

    public IReadOnlyList<PublicRoute> Public { get; init; } = [];

    /// <summary>The port the public listener should have on loopback; null or 0 lets the runner choose.</summary>
    public int? PublicPort { get; init; }

    /// <summary>The secrets that the package declares; null for none.</summary>
    public IReadOnlyList<DeclaredSecret>? Secrets { get; init; }

    /// <summary>The exits that the runner manages for it; null for none.</summary>
    public IReadOnlyList<RelayPlan>? Relays { get; init; }

    /// <summary>What the tests of the package answer for instead of running it; null for none.</summary>
    public IReadOnlyList<StubPlan>? Stubs { get; init; }

    public LaunchRequirements Requires { get; init; } = new();
}

/// <summary>What the user chose among what the manifest offers.</summary>
public sealed record LaunchSelection
{
    public string? Target { get; init; }

    /// <summary>Cell id to the variant chosen for it; cells that have no variants are not in it.</summary>
    public IReadOnlyDictionary<string, string> Variants { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Options { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>A package that runs as a part of another.</summary>
/// <param name="Id">How its cells are called: the names of dependencies on the way there, joined by dots, for example <c>voice.llama</c>.</param>
/// <param name="Package">Which it is.</param>
public sealed record DependencyPlan(string Id, PackageReference Package);

/// <summary>What the machine must have, or nothing starts.</summary>
public sealed record LaunchRequirements
{
    public string? Gpu { get; init; }

    /// <summary>The kind of GPU that the package would use where there is one of that kind, for example <c>metal</c>; it runs without. Null for none.</summary>
    public string? GpuWish { get; init; }

    /// <summary>The processor that the program is built for: x64 or arm64; null for any.</summary>
    public string? Machine { get; init; }

    /// <summary>Absolute path of the loader that the program names; null when it needs none.</summary>
    public string? Loader { get; init; }

    /// <summary>The oldest glibc that has what the program uses, for example <c>2.36</c>; null for any.</summary>
    public string? Glibc { get; init; }

    public bool Landlock { get; init; }

    public bool StrictLimits { get; init; }
}
