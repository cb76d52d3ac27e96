namespace Capsule.Operations.Consent;

/// <summary>What somebody agreed to (specs: sandbox 3).</summary>
/// <param name="Package">publisher/slug.</param>
/// <param name="Signers">Who had signed it then.</param>
/// <param name="PermissionHash">The name of the permissions, 64 hex digits.</param>
/// <param name="Permissions">The permissions in words; fewer of them need no new question.</param>
public sealed record ConsentRecord(string Package, IReadOnlyList<string> Signers, string PermissionHash, IReadOnlyList<string> Permissions)
{
    /// <summary>Nobody agreed to anything.</summary>
    public static readonly ConsentRecord None = new("", [], "", []);

    /// <summary>Whether it covers these signers and no more than these permissions.</summary>
    public bool Covers(ConsentQuestion question) =>
        Package == question.Package
        && Signers.ToHashSet(StringComparer.Ordinal).SetEquals(question.Signers)
        && (PermissionHash == question.PermissionHash || question.Asked.All(p => Permissions.Contains(p.Text, StringComparer.Ordinal)));
}
