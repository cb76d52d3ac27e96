using System.Collections.Frozen;
using Capsule.Core.Files;

namespace Capsule.Families.Packing;

/// <summary>
/// What stays out of every package unless it is included on purpose (design.md 5): version control, build output,
/// dependency folders, hidden folders, packages, project files, and whatever may hold a secret.
/// </summary>
internal static class LeftOut
{
    private static readonly FrozenSet<string> Folders = FrozenSet.Create(
        StringComparer.Ordinal,
        "node_modules", "bower_components", "jspm_packages", "venv", "__pycache__", "__pypackages__", "_darcs", "CVS",
        "_state", "_packages");

    // Build output only where the tool that makes it is at home: a site may well have a page folder called "bin".
    private static readonly FrozenSet<string> RootFolders = FrozenSet.Create(StringComparer.Ordinal, "bin", "obj", "artifacts", "TestResults");

    private static readonly FrozenSet<string> SecretNames = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "id_rsa", "id_dsa", "id_ecdsa", "id_ed25519", "id_ecdsa_sk", "id_ed25519_sk", ".netrc", "_netrc", ".npmrc", ".pypirc",
        ".git-credentials", ".dockercfg", ".htpasswd", "nuget.config");

    private static readonly string[] SecretEndings = [".pem", ".key", ".pfx", ".p12", ".p8", ".pkcs8", ".jks", ".keystore", ".ppk", ".kdbx"];

    private static readonly string[] PackageEndings =
    [
        ".capsule", ".capakit", ".wpk.tar.gz", ".nupkg", ".snupkg", ".sigstore.jsonl", ".binlog", ".capproj", ".capproj.user", ".csproj.user",
        ".capproj.lscache", ".csproj.lscache", ".pyc", ".tsbuildinfo", ".DS_Store",
    ];

    /// <summary>True for a folder that is not walked.</summary>
    /// <param name="path">Its path from the project folder.</param>
    /// <param name="name">Its name.</param>
    /// <param name="siblings">The names beside it.</param>
    public static bool Folder(string path, string name, IReadOnlyCollection<string> siblings) =>
        (name.StartsWith('.') && name != ".well-known")
        || Folders.Contains(name)
        || (path == name && RootFolders.Contains(name))
        || (name is "bin" or "obj" && siblings.Any(s => s.EndsWith("proj", StringComparison.Ordinal) && s.Contains('.', StringComparison.Ordinal)))
        || (name == "target" && siblings.Any(s => s is "Cargo.toml" or "pom.xml"));

    /// <summary>True for a file that is of no use inside a package.</summary>
    public static bool File(string name) =>
        PackageEndings.Any(e => name.EndsWith(e, StringComparison.Ordinal)) || name == ".apply";

    /// <summary>True for a file that may hold a secret: keys, credentials, <c>.env</c> files.</summary>
    public static bool Secret(string name) =>
        name.StartsWith(".env", StringComparison.OrdinalIgnoreCase)
        || SecretNames.Contains(name)
        || SecretEndings.Any(e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase));

    /// <summary>True for a C# project of the root that uses our SDK: it builds the package and is no part of it.</summary>
    public static bool OwnProject(string file, string path)
    {
        if (path.Contains('/', StringComparison.Ordinal) || !path.EndsWith(".csproj", StringComparison.Ordinal) || RegularFile.IsSpecial(file))
        {
            return false;
        }

        using var reader = new StreamReader(file);
        var head = new char[8192];
        return head.AsSpan(0, reader.ReadBlock(head)).Contains("Capsule.Sdk", StringComparison.Ordinal);
    }
}
