using Capsule.Core.Diagnostics;
using Capsule.Core.Text;

namespace Capsule.Families.Atoms.Model;

/// <summary>Reads the fields of an <c>atom.toml</c>; types are checked on the way, and unknown keys are told.</summary>
public static class AtomReader
{
    private static readonly string[] ForeignSignatures = ["signatures"];

    /// <summary>Null when the text is no TOML; the one problem is then CAP0801.</summary>
    public static AtomManifest? Read(SourceText source, string? folderClass, List<Diagnostic> problems)
    {
        var tree = TomlReader.Read(source);
        if (!tree.Succeeded)
        {
            problems.AddRange(tree.Diagnostics.Select(d => AtomDiagnostics.NotToml.At(d.Span ?? source.Whole, $"{d.Message} {d.Hint}")));
            return null;
        }

        var top = FieldReader.Root(tree.Value, AtomDiagnostics.Fields, problems)!;
        var manifest = new AtomManifest
        {
            Source = source,
            Root = tree.Value,
            Id = Filled(top, "id", required: true),
            Version = Filled(top, "version", required: true),
            ContentHash = top.String("content_hash"),
            Lifecycle = Filled(top, "lifecycle", required: true),
            CreatedAt = Time(top, "created_at", required: true),
            PublishedAt = Time(top, "published_at", required: false),
            Supersedes = top.String("supersedes"),
            SupersededBy = top.String("superseded_by"),
            Signatures = Signatures(top),
            Protocol = top.Mapping("protocol") is { } protocol ? new AtomProtocol(protocol.String("provenance"), protocol.String("license"), protocol.Place) : null,
            Payload = PayloadReader.Read(top, folderClass),
        };
        _ = top.String("migration_notes");
        foreach (var key in ForeignSignatures.Where(top.Has))
        {
            top.Report(AtomNoticeDiagnostics.ForeignSignature.At(top.KeySpan(key)!.Value, key));
        }

        top.RefuseUnknown();
        return manifest;
    }

    /// <summary>The same where no folder tells the class, after which the payload's table may be called: the id tells it.</summary>
    public static AtomManifest? ReadAlone(SourceText source, List<Diagnostic> problems) => Read(source, Read(source, null, [])?.Reference?.Class, problems);

    /// <summary>A text that is not empty.</summary>
    public static Field<string>? Filled(FieldReader reader, string key, bool required)
    {
        var field = required ? reader.RequiredString(key) : reader.String(key);
        if (field is { Value.Length: > 0 })
        {
            return field;
        }

        if (field is not null && required)
        {
            reader.Report(AtomDiagnostics.Missing.At(field.Span, field.Path.Text, reader.Path.Owner, key));
        }

        return null;
    }

    private static Field<string>? Time(FieldReader reader, string key, bool required)
    {
        if (reader.Any(key) is { Value: ScalarNode { Kind: ScalarKind.OffsetDateTime, Value: string time } } field)
        {
            return new Field<string>(time, field.Span, field.Path);
        }

        return Filled(reader, key, required);
    }

    private static IReadOnlyList<AtomSignature> Signatures(FieldReader top) =>
        [.. (top.AnyMap("signature") ?? []).Select(entry => Signature(entry.Key, entry.Value.Value as MappingNode))];

    private static AtomSignature Signature(Field<string> key, MappingNode? table)
    {
        return new AtomSignature
        {
            KeyId = key.Value,
            Algorithm = Text("algorithm"),
            Fingerprint = Text("fingerprint"),
            SignedAt = table?.Find("signed_at")?.Value is ScalarNode { Kind: ScalarKind.OffsetDateTime, Value: string time } ? time : Text("signed_at"),
            Value = Text("value"),
            Envelope = table?.Find("envelope") is null ? null : Text("envelope") ?? "",
            PublicKey = Text("public_key"),
            Rule = Text("canon"),
            Place = key.Span,
        };

        string? Text(string name) => table?.Find(name)?.Value is ScalarNode { Kind: ScalarKind.String, Value: string text } ? text : null;
    }
}
