using Capsule.Core.Plans;
using Capsule.Runtime.Secrets;

namespace Capsule.Operations.Secrets;

/// <summary>Where the own secrets of a package are kept, and how a user names the package.</summary>
public static class SecretPlaces
{
    /// <param name="package">As compiled.</param>
    /// <param name="folder">The project, or the tree in the store.</param>
    /// <param name="installed">True for a tree from the store.</param>
    public static SecretPlace Of(PackageReference package, string folder, bool installed) =>
        installed && package.Scope is { } publisher ? SecretPlace.OfPackage(publisher, package.Name) : SecretPlace.OfProject(package.Name, folder);

    /// <summary>For a command line: publisher/slug, or the folder.</summary>
    public static string Name(PackageReference package, string folder, bool installed) =>
        installed && package.Scope is { } publisher ? $"{publisher}/{package.Name}" : Quoted(folder);

    /// <summary>One word for a shell; '#' begins none inside of a word.</summary>
    public static string Quoted(string text) => text.All(c => char.IsAsciiLetterOrDigit(c) || c > '\x7f' || "/._:@#%+=,-".Contains(c)) ? text : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
