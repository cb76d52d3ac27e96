namespace Capsule.Operations.Consent;

/// <summary>What somebody agreed to (specs: sandbox 3).</summary>
/// <param name="Package">publisher/slug, or where a stranger's comes from.</param>
/// <param name="Signers">Who had signed it then.</param>
/// <param name="PermissionHash">The name of the permissions, 64 hex digits.</param>
/// <param name="Permissions">The permissions in words; fewer of them need no new question.</param>
public sealed record ConsentRecord(string Package, IReadOnlyList<string> Signers, string PermissionHash, IReadOnlyList<string> Permissions)
{
    /// <summary>Nobody agreed to anything.</summary>
    public static readonly ConsentRecord None = new("", [], "", []);

    /// <summary>Names the content that was agreed to; empty for an installed package.</summary>
    public string Content { get; init; } = "";

    /// <summary>The name of what was given the last time somebody was asked; empty when nothing was.</summary>
    public string GrantsHash { get; init; } = "";

    /// <summary>What may be given in words; fewer of them need no new question.</summary>
    public IReadOnlyList<string> Grants { get; init; } = [];

    /// <summary>Whether it covers these signers, no more than these permissions, and no other folders.</summary>
    public bool Covers(ConsentQuestion question) =>
        CoversPermissions(question) && (GrantsHash == question.GrantsHash || question.Given.All(g => Grants.Contains(g, StringComparer.Ordinal)));

    /// <summary>
    /// The record after a yes. Folders agreed to before stay only where the permissions do not grow: what may be given to a package
    /// that reaches no network may not be given to one that does.
    /// </summary>
    public ConsentRecord After(ConsentQuestion question) =>
        new(question.Origin, question.Signers, question.PermissionHash, [.. question.Asked.Select(p => p.Text)])
        {
            Content = question.Content ?? "",
            GrantsHash = question.Given.Count == 0 ? "" : question.GrantsHash,
            Grants = [.. (CoversPermissions(question) ? Grants : []).Union(question.Given, StringComparer.Ordinal)],
        };

    private bool CoversPermissions(ConsentQuestion question) =>
        (question.Content is { } content ? Content == content : Package == question.Origin && Content.Length == 0)
        && Signers.ToHashSet(StringComparer.Ordinal).SetEquals(question.Signers)
        && (PermissionHash == question.PermissionHash || question.Asked.All(p => Permissions.Contains(p.Text, StringComparer.Ordinal)));
}
