using System.Security.Cryptography;
using System.Text;

namespace Capsule.Runtime.Secrets;

/// <summary>Which of the stores: the vault, which packages share, or that of one package.</summary>
/// <param name="Name">What the values are bound to, for example <c>acme/hello-kit</c>.</param>
/// <param name="Words">For messages.</param>
/// <param name="File">Its file below the folder of the secrets, relative.</param>
public sealed record SecretPlace(string Name, string Words, string File)
{
    /// <summary>For what the runner itself uses on behalf of several packages.</summary>
    public static readonly SecretPlace Vault = new("vault", "the vault", "vault.json");

    /// <summary>An installed package, by the names under which consent knows it; its version and publisher's keys may change.</summary>
    public static SecretPlace OfPackage(string publisher, string slug) =>
        new($"{publisher}/{slug}", $"'{publisher}/{slug}'", Path.Combine("packages", $"{publisher}.{slug}.json"));

    /// <summary>
    /// A project. Anybody can write a manifest with any name, and its folder is what its owner has chosen: a project elsewhere that
    /// bears the same name gets nothing.
    /// </summary>
    public static SecretPlace OfProject(string name, string folder)
    {
        var whole = Path.TrimEndingDirectorySeparator(RealPath(folder));
        var mark = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(whole)))[..32];
        return new($"{name} in {whole}", $"the project '{name}' in {whole}", Path.Combine("projects", $"{mark}.json"));
    }

    private static string RealPath(string folder)
    {
        var whole = Path.GetFullPath(folder);
        return new DirectoryInfo(whole).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? whole;
    }
}
