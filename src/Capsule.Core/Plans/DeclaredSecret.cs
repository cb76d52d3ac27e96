namespace Capsule.Core.Plans;

/// <summary>Where the value of a secret is kept between runs.</summary>
public enum SecretKeeping
{
    /// <summary>With the package, for its processes.</summary>
    Package,

    /// <summary>In the vault that packages share; only the runner itself uses it.</summary>
    Vault,
}

/// <summary>A secret that a package declares, never its value.</summary>
public sealed record DeclaredSecret
{
    public required string Id { get; init; }

    /// <summary>What it is for, in the author's words.</summary>
    public required string Usage { get; init; }

    public required SecretKeeping Keeping { get; init; }

    /// <summary>True when the runner makes a value where none is set; else a person has to give it.</summary>
    public bool Generate { get; init; }

    /// <summary>True for one line of visible characters.</summary>
    public bool Line { get; init; }

    public Origin? Origin { get; init; }
}
