using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Families.Atoms.Model;

namespace Capsule.Families.Atoms.Edits;

/// <summary>
/// Changes of an <c>atom.toml</c> (specs: atoms 3.4). Each touches what it names and nothing else: comments, order, alignment, quotes
/// and line ends of the rest stay, byte for byte.
/// </summary>
public static class AtomEdits
{
    private static readonly TomlStep[] Hash = ["content_hash"];

    private static readonly string[] PlacesOfHash = ["version", "id"];

    private static readonly string[] PlacesOfPublishedAt = ["created_at", "lifecycle", "content_hash", "version"];

    /// <summary>Writes the hash in the style of the old one; without an old one, below <c>version</c>.</summary>
    public static Result<TomlEditor> SetHash(TomlEditor atom, string digits)
    {
        var old = (atom.Root.Find("content_hash")?.Value as ScalarNode)?.Value as string;
        return SetTop(atom, Hash[0].Name!, AtomHash.Write(digits, old), PlacesOfHash);
    }

    /// <summary>Makes a draft a published atom. The time goes among the keys at the top, never into the last table.</summary>
    public static Result<TomlEditor> Publish(TomlEditor atom, DateTimeOffset time) =>
        atom.Set(["lifecycle"], Nodes.String(AtomNames.Published)) is { Succeeded: true } published
            ? SetTop(published.Value, "published_at", Rfc3339.Write(time), PlacesOfPublishedAt)
            : AtomFileDiagnostics.NotWritten.At(atom.Source.Whole, "'lifecycle' cannot be set");

    /// <summary>Appends <c>[signature.KEY-ID]</c>, or writes the one that is there anew where it stands.</summary>
    public static Result<TomlEditor> Sign(TomlEditor atom, AtomSignature signature)
    {
        var entries = new List<KeyValuePair<string, Node>>
        {
            new("algorithm", Nodes.String(signature.Algorithm!)),
            new("fingerprint", Nodes.String(signature.Fingerprint!)),
            new("signed_at", Nodes.String(signature.SignedAt!)),
            new("value", Nodes.String(signature.Value!)),
        };
        if (signature.Envelope is { } envelope)
        {
            entries.Add(new("envelope", Nodes.String(envelope)));
        }

        if (signature.PublicKey is { } key)
        {
            entries.Add(new("public_key", Nodes.String(key)));
        }

        if (signature.Rule is { } rule)
        {
            entries.Add(new("canon", Nodes.String(rule)));
        }

        TomlStep[] table = ["signature", signature.KeyId];
        if (NodePath.Find(atom.Root, table) is null)
        {
            return atom.AppendTable(table, entries);
        }

        var edited = Result.Of(atom);
        foreach (var stale in (string[])["public_key", "canon", "envelope"])
        {
            edited = edited.Succeeded && entries.All(e => e.Key != stale) ? edited.Value.Remove([.. table, stale]) : edited;
        }

        foreach (var (name, value) in entries)
        {
            edited = edited.Succeeded ? edited.Value.Set([.. table, name], value) : edited;
        }

        return edited;
    }

    /// <summary>Takes the envelope out of a signature: one over another state of the atom is worth nothing.</summary>
    public static Result<TomlEditor> DropEnvelope(TomlEditor atom, string keyId) => atom.Remove(["signature", keyId, "envelope"]);

    private static Result<TomlEditor> SetTop(TomlEditor atom, string key, string value, IEnumerable<string> below)
    {
        if (atom.Root.Find(key) is null && below.FirstOrDefault(b => atom.Root.Find(b) is not null) is { } sibling)
        {
            return atom.AddBelow([sibling], key, Nodes.String(value));
        }

        return atom.Set([key], Nodes.String(value));
    }
}
