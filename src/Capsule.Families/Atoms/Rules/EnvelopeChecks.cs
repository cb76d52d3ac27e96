using Capsule.Core.Text;
using Capsule.Families.Atoms.Model;

namespace Capsule.Families.Atoms.Rules;

/// <summary>Checks 2, 4 and 5: the fields of the envelope are there and well-formed.</summary>
internal static class EnvelopeChecks
{
    private static readonly Dictionary<string, string> Meant = new(StringComparer.Ordinal)
    {
        ["historic"] = "retired",
        ["stable"] = "published",
    };

    public static void Run(AtomCheck check)
    {
        var atom = check.Manifest;
        if (atom.Version is { } version && !AtomNames.IsVersion(version.Value))
        {
            check.Report(AtomDiagnostics.Version.At(version.Span, version.Value));
        }

        if (atom.Lifecycle is { } lifecycle && !AtomNames.Lifecycles.Contains(lifecycle.Value))
        {
            check.Report(AtomDiagnostics.Lifecycle.At(
                lifecycle.Span, lifecycle.Value,
                Meant.TryGetValue(lifecycle.Value, out var meant) ? $"Other generations of atoms say so; write '{meant}'." : Spelling.Suggest(lifecycle.Value, [.. AtomNames.Lifecycles], "Write one of")));
        }

        if (atom.ContentHash is { Value.Length: > 0 } hash && AtomHash.Digits(hash.Value) is null)
        {
            check.Report(AtomDiagnostics.Malformed.At(hash.Span, "content_hash", "64 hex digits, bare or after 'sha256:'", $"'{hash.Value}'"));
        }

        Time(check, atom.CreatedAt);
        Time(check, atom.PublishedAt);
        Published(check);
        Reference(check, atom.Supersedes);
        Reference(check, atom.SupersededBy);
        if (atom.Lifecycle?.Value == "retired" && string.IsNullOrEmpty(atom.SupersededBy?.Value))
        {
            check.Report(AtomNoticeDiagnostics.SupersededByMissing.At(atom.Lifecycle.Span));
        }
    }

    /// <summary>A full reference, unless it is absent or empty.</summary>
    public static AtomReference? Reference(AtomCheck check, Field<string>? field)
    {
        if (field is null or { Value.Length: 0 })
        {
            return null;
        }

        if (AtomReference.Parse(field.Value) is { } reference)
        {
            return reference;
        }

        check.Report(AtomDiagnostics.Malformed.At(field.Span, field.Path.Text, "a full reference such as schema-atoms/design-spec/atom-spec@1.1.0", $"'{field.Value}'"));
        return null;
    }

    private static void Published(AtomCheck check)
    {
        var atom = check.Manifest;
        if (atom.Lifecycle?.Value == AtomNames.Draft && atom.PublishedAt is { } time)
        {
            check.Report(AtomDiagnostics.Malformed.At(time.Span, "published_at", "absent while the lifecycle is 'draft'", $"'{time.Value}'"));
        }
        else if (atom.Lifecycle is { } lifecycle && lifecycle.Value != AtomNames.Draft && AtomNames.Lifecycles.Contains(lifecycle.Value) && atom.PublishedAt is null)
        {
            check.Report(AtomNoticeDiagnostics.PublishedAtMissing.At(lifecycle.Span, lifecycle.Value));
        }
    }

    private static void Time(AtomCheck check, Field<string>? field)
    {
        if (field is not null && Rfc3339.Read(field.Value) is null)
        {
            check.Report(AtomDiagnostics.Malformed.At(field.Span, field.Path.Text, Rfc3339.Example, $"'{field.Value}'"));
        }
    }
}
