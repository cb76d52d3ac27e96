using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Families.Atoms.Canonical;
using Capsule.Families.Atoms.Catalogs;
using Capsule.Families.Atoms.Model;
using Capsule.Families.Atoms.Rules;

namespace Capsule.Families.Atoms.Edits;

/// <summary>Writes the hash of an atom's files into its <c>atom.toml</c> (specs: atoms 5, 8). A hash that fits touches nothing.</summary>
public static class AtomHashWriter
{
    /// <param name="catalog">The atom's catalog.</param>
    /// <param name="path">The atom's folder, or its <c>atom.toml</c>.</param>
    /// <param name="options">Strictly, a hash by the single-asset rule does not fit.</param>
    /// <param name="force">Replaces a hash that does not fit.</param>
    /// <param name="cancel">Stops between two files.</param>
    public static async Task<AtomHashWritten> WriteAsync(AtomCatalog catalog, string path, AtomValidation options, bool force, CancellationToken cancel)
    {
        var folder = AtomValidator.FolderOf(path);
        var file = AtomFile.Open(Path.Combine(folder, AtomNames.ManifestName));
        if (!file.Succeeded)
        {
            return new AtomHashWritten(null, null, false, file.Diagnostics);
        }

        var report = AtomValidator.Validate(catalog, file.Value.Source, options, cancel);
        if (report.Manifest is not { } atom || report.Hash is not { } hash)
        {
            return Unchanged([.. report.Problems.Where(p => p.IsError)]);
        }

        if (report.Files.Paths.Count == 0)
        {
            return Unchanged(AtomDiagnostics.EmptyHash.At(atom.Source.Whole, "The atom has no files to hash.", "Add the asset beside atom.toml."));
        }

        var place = atom.ContentHash?.Span ?? atom.Source.Whole;
        var malformed = report.Problems.FirstOrDefault(p => p.Kind == AtomDiagnostics.Malformed && p.Span == place);
        switch (hash.State)
        {
            case HashState.Match:
            case HashState.Legacy when !options.Strict && !force:
                return Unchanged([.. report.Problems.Where(p => p.Kind == AtomNoticeDiagnostics.LegacyHash)]);
            case HashState.Mismatch or HashState.Legacy when !force:
                return Unchanged(AtomDiagnostics.HashMismatch.At(place, hash.Stored, hash.Computed, hash.Why.Length == 0 ? "" : " " + hash.Why));
            case HashState.Empty when malformed is not null && !force:
                return Unchanged(malformed);
        }

        var editor = TomlEditor.Open(file.Value.Source);
        var edited = editor.Succeeded ? AtomEdits.SetHash(editor.Value, hash.Computed) : editor;
        var problem = edited.Succeeded ? await file.Value.SaveAsync(edited.Value.Text, cancel) : edited.Diagnostics[0];
        return problem is not null ? Unchanged(problem) : new AtomHashWritten(report, hash.Computed, true, Replaced(atom, hash));

        AtomHashWritten Unchanged(params IReadOnlyList<Diagnostic> problems) => new(report, report.Hash?.Stored, false, problems);
    }

    private static Diagnostic[] Replaced(AtomManifest atom, HashVerdict hash)
    {
        if (hash.Stored is null)
        {
            return [];
        }

        var stale = atom.Signatures.Count == 0 ? "" : $" These signatures no longer fit: {string.Join(", ", atom.Signatures.Select(s => s.KeyId))}.";
        var immutable = atom.Lifecycle?.Value == AtomNames.Draft ? "" : $" The atom is {atom.Lifecycle?.Value}, and such a version is meant to be immutable.";
        return [AtomNoticeDiagnostics.HashReplaced.At(atom.ContentHash!.Span, hash.Stored, hash.Computed, immutable + stale)];
    }
}
