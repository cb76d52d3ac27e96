using System.Security.Cryptography;
using System.Text;
using Capsule.Distribution.Store;
using Capsule.Operations.Sources;
using Capsule.Runtime.Supervision;

namespace Capsule.Operations.Consent;

/// <summary>
/// What consent is about. An installed package is known by its name and by who signed it, which somebody checked; a stranger's by its
/// content alone, so that every other content is asked about.
/// </summary>
public sealed record ConsentSubject
{
    /// <summary>As a user writes it: publisher/slug, an address, a file.</summary>
    public required string Name { get; init; }

    /// <summary>What stays the same from one version to the next.</summary>
    public required string Origin { get; init; }

    /// <summary>The version; for a stranger's, its commit or its tree.</summary>
    public required string Version { get; init; }

    /// <summary>Who signed it; empty for nobody.</summary>
    public IReadOnlyList<string> Signers { get; init; } = [];

    /// <summary>True when a rule of the trust policy covered it.</summary>
    public bool ByRule { get; init; }

    /// <summary>64 hex digits that name all content that would run; null for an installed package.</summary>
    public string? Content { get; init; }

    public static ConsentSubject Of(InstalledPackage package) => new()
    {
        Name = $"{package.Publisher}/{package.Slug}",
        Origin = $"{package.Publisher}/{package.Slug}",
        Version = package.Version,
        Signers = package.Signers,
        ByRule = package.ByRule,
    };

    /// <param name="package">The package.</param>
    /// <param name="others">The tree identities of the repositories that it depends on; they run too.</param>
    public static ConsentSubject Of(ForeignPackage package, IEnumerable<string> others) => new()
    {
        Name = package.Name,
        Origin = package.Origin,
        Version = package.IsFile ? package.Identity : $"commit {package.Commit}",
        Content = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', [package.Identity, Path.GetRelativePath(package.Tree, package.Folder), .. others.Order(StringComparer.Ordinal)])))),
    };

    /// <summary>The file that keeps what somebody agreed to.</summary>
    internal string FileIn(CapsuleHome home) =>
        Content is null ? Path.Combine(home.Consent, $"{Name.Replace('/', '.')}.toml") : Path.Combine(FolderIn(home), $"{Content}.toml");

    /// <summary>The folder of those of strangers.</summary>
    internal static string FolderIn(CapsuleHome home) => Path.Combine(home.Consent, "strangers");
}
