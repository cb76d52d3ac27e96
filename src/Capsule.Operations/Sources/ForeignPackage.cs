using System.Security.Cryptography;
using System.Text;
using Capsule.Core.Diagnostics;

namespace Capsule.Operations.Sources;

/// <summary>
/// A package of somebody else that runs without being installed: out of a repository, or out of a package file. Its files lie below
/// CAPSULE_HOME, whole and compared with their tree, and are never run in place nor written to.
/// </summary>
public sealed record ForeignPackage
{
    /// <summary>As a user writes it: an address with what of it, or the file's absolute path.</summary>
    public required string Name { get; init; }

    /// <summary>Where it comes from, whatever state of it that is: later ones have this in common.</summary>
    public required string Origin { get; init; }

    /// <summary>The commit in hex; null for a file.</summary>
    public string? Commit { get; init; }

    /// <summary>The branch or tag that was asked for; null for the default branch, and for a file.</summary>
    public string? Ref { get; init; }

    /// <summary>Absolute path of all that was unpacked.</summary>
    public required string Tree { get; init; }

    /// <summary>Absolute path of the package's own folder, in it.</summary>
    public required string Folder { get; init; }

    /// <summary>Of all that was unpacked (specs: trust 1).</summary>
    public required string Identity { get; init; }

    /// <summary>Why it may not be the newest; null when it is.</summary>
    public Diagnostic? Notice { get; init; }

    public bool IsFile => Commit is null;

    /// <summary>
    /// Stands where an installed package has its publisher, so that state, caches and secrets of packages of the same name stay apart. It has
    /// a character that no publisher has. What a repository keeps, its next commit finds again; a file's content is on its own.
    /// </summary>
    public string Scope => $"{(IsFile ? "file" : "git")}_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(IsFile ? Identity : Origin)))[..24]}";

    /// <summary>For people: what it is, down to its content.</summary>
    public string Words => IsFile ? $"{Name} ({Identity})" : $"{Name} (commit {Commit})";
}
