using System.Security.Cryptography;
using Capsule.Core.Diagnostics;

namespace Capsule.Core.Identity;

/// <summary>The identity text: <c>capsule-tree/1:</c> and the SHA-256 of the tree document in 64 lower-case hex digits.</summary>
public static class TreeIdentity
{
    /// <summary>The first line of a tree document, and the name of the first subject of a signature line.</summary>
    public const string Format = "capsule-tree/1";

    public static string Of(ReadOnlySpan<byte> document) =>
        $"{Format}:{Convert.ToHexStringLower(SHA256.HashData(document))}";

    /// <summary>The 64 hex digits of an identity text.</summary>
    public static Result<string> Digest(string identity) =>
        identity.StartsWith(Format + ":", StringComparison.Ordinal) && IsDigest(identity.AsSpan(Format.Length + 1))
            ? identity[(Format.Length + 1)..]
            : TreeDiagnostics.IdentityText.Now(TreePath.Show(identity));

    internal static bool IsDigest(ReadOnlySpan<char> text) =>
        text.Length == 64 && !text.ContainsAnyExcept("0123456789abcdef");
}
