using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Families.Atoms;
using Capsule.Families.Atoms.Canonical;
using Capsule.Families.Atoms.Edits;
using Capsule.Families.Atoms.Rules;

namespace Capsule.Operations.Atoms;

/// <summary><c>canonicalize</c>: computes the hash of an atom's files and writes it (specs: atoms 5, 8). A hash that fits touches nothing.</summary>
public static class AtomCanonicalize
{
    /// <param name="call">Its path is the atom.</param>
    /// <param name="force">Replaces a hash that does not fit.</param>
    /// <param name="cancel">Stops between two files.</param>
    public static async Task<AtomOutcome> RunAsync(AtomCall call, bool force, CancellationToken cancel)
    {
        var session = AtomSession.Open(call);
        return session.Succeeded
            ? await RunAsync(session.Value, AtomValidator.FolderOf(call.FullPath), force, session.Diagnostics, cancel)
            : AtomOutcome.Failed(session.Diagnostics);
    }

    private static async Task<AtomOutcome> RunAsync(AtomSession session, string folder, bool force, IReadOnlyList<Diagnostic> notes, CancellationToken cancel)
    {
        var file = AtomFile.Open(Path.Combine(folder, AtomNames.ManifestName));
        if (!file.Succeeded)
        {
            return AtomOutcome.Failed([.. notes, .. file.Diagnostics]);
        }

        var report = AtomValidator.Validate(session.Catalog, file.Value.Source, session.Validation, cancel);
        var result = AtomValidate.Result(session, report) with { Problems = [], Changed = false };
        if (report.Manifest is null || report.Hash is not { } hash)
        {
            return new AtomOutcome([result with { Problems = [.. report.Problems.Where(p => p.IsError)] }], notes);
        }

        if (report.Files.Paths.Count == 0)
        {
            return new AtomOutcome([result with { Problems = [AtomDiagnostics.EmptyHash.At(report.Manifest.Source.Whole, "The atom has no files to hash.", "Add the asset beside atom.toml.")] }], notes);
        }

        var place = report.Manifest.ContentHash?.Span ?? report.Manifest.Source.Whole;
        var malformed = report.Problems.FirstOrDefault(p => p.Kind == AtomDiagnostics.Malformed && p.Span == place);
        switch (hash.State)
        {
            case HashState.Match:
            case HashState.Legacy when !session.Call.Strict && !force:
                return new AtomOutcome([result with { Problems = [.. report.Problems.Where(p => p.Kind == AtomNoticeDiagnostics.LegacyHash)] }], notes);
            case HashState.Mismatch or HashState.Legacy when !force:
                return new AtomOutcome([result with { Problems = [AtomDiagnostics.HashMismatch.At(place, hash.Stored, hash.Computed, Sentence(hash.Why))] }], notes);
            case HashState.Empty when malformed is not null && !force:
                return new AtomOutcome([result with { Problems = [malformed] }], notes);
        }

        var edited = TomlEditor.Open(file.Value.Source) is { Succeeded: true } editor ? AtomEdits.SetHash(editor.Value, hash.Computed) : null;
        var problem = edited?.Value is { } text ? await file.Value.SaveAsync(text.Text, cancel) : edited?.Diagnostics[0];
        return problem is not null
            ? new AtomOutcome([result with { Problems = [problem] }], notes)
            : new AtomOutcome([result with { ContentHash = hash.Computed, Changed = true, Problems = Replaced(report, hash) }], notes);
    }

    private static Diagnostic[] Replaced(AtomReport report, HashVerdict hash)
    {
        if (hash.Stored is null)
        {
            return [];
        }

        var atom = report.Manifest!;
        var stale = atom.Signatures.Count == 0 ? "" : $" These signatures no longer fit: {string.Join(", ", atom.Signatures.Select(s => s.KeyId))}.";
        var immutable = atom.Lifecycle?.Value == AtomNames.Draft ? "" : $" The atom is {atom.Lifecycle?.Value}, and such a version is meant to be immutable.";
        return [AtomNoticeDiagnostics.HashReplaced.At(atom.ContentHash!.Span, hash.Stored, hash.Computed, immutable + stale)];
    }

    private static string Sentence(string why) => why.Length == 0 ? "" : " " + why;
}
