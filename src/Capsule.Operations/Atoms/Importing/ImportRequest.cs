namespace Capsule.Operations.Atoms.Importing;

/// <summary>What <c>import</c> is asked for (specs: atoms 9.1).</summary>
/// <param name="Address">An address of https, http or file, or a path.</param>
public sealed record ImportRequest(string Address)
{
    /// <summary>--class; null to infer it.</summary>
    public string? Class { get; init; }

    /// <summary>--slug; null to infer it.</summary>
    public string? Slug { get; init; }

    public string Version { get; init; } = "1.0.0";

    /// <summary>Replaces an atom that is there.</summary>
    public bool Force { get; init; }
}
