namespace Capsule.Trust.Provenance;

/// <summary>Something a package was built with or will run with.</summary>
/// <param name="Name">For people, for example <c>bun 1.3.1</c>.</param>
/// <param name="Uri">A package URL or an address; never a path of the machine.</param>
/// <param name="Digest">Digest algorithm (<c>sha256</c>, <c>sha512</c>, <c>gitCommit</c>) to lower-case hex; empty when only the URI pins it.</param>
public sealed record Material(string Name, string Uri, IReadOnlyDictionary<string, string> Digest)
{
    public static Material Of(string name, string uri) => new(name, uri, new Dictionary<string, string>());

    /// <summary>An npm package by its integrity (<c>sha512-</c> and base64), as locks and npm write it.</summary>
    public static Material Npm(string package, string version, string integrity)
    {
        const string Sha512 = "sha512-";
        var digest = integrity.StartsWith(Sha512, StringComparison.Ordinal) && Envelopes.CanonicalBase64.Decode(integrity[Sha512.Length..]) is { Length: 64 } bytes
            ? new Dictionary<string, string> { ["sha512"] = Convert.ToHexStringLower(bytes) }
            : [];
        return new Material($"{package} {version}", $"pkg:npm/{package.Replace("@", "%40", StringComparison.Ordinal)}@{System.Uri.EscapeDataString(version)}", digest);
    }

    /// <summary>A NuGet package by its version.</summary>
    public static Material NuGet(string package, string version) => Of($"{package} {version}", $"pkg:nuget/{package}@{System.Uri.EscapeDataString(version)}");

    /// <summary>A commit of a git repository.</summary>
    public static Material Git(string name, string address, string commit) =>
        new(name, $"git+{address}@{commit}", new Dictionary<string, string> { ["gitCommit"] = commit });
}
