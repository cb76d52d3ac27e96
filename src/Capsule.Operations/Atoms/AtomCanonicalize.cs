using Capsule.Families.Atoms;
using Capsule.Families.Atoms.Canonical;
using Capsule.Families.Atoms.Catalogs;
using Capsule.Families.Atoms.Edits;
using Capsule.Families.Atoms.Rules;

namespace Capsule.Operations.Atoms;

/// <summary><c>canonicalize</c>: computes the hash of an atom's files and writes it (specs: atoms 5, 8).</summary>
public static class AtomCanonicalize
{
    /// <param name="call">Its path is the atom.</param>
    /// <param name="force">Replaces a hash that does not fit.</param>
    /// <param name="rule">One of <see cref="CanonicalRules"/>, for a catalog that binds none; null for the usual one.</param>
    /// <param name="cancel">Stops between two files.</param>
    public static async Task<AtomOutcome> RunAsync(AtomCall call, bool force, string? rule, CancellationToken cancel)
    {
        var session = AtomSession.Open(call);
        if (!session.Succeeded)
        {
            return AtomOutcome.Failed(session.Diagnostics);
        }

        var catalog = session.Value.Catalog;
        if (rule is not null && (catalog.Canonicalization ?? rule) != rule)
        {
            return AtomOutcome.Failed([.. session.Diagnostics, AtomCatalogDiagnostics.Usage.At(catalog.Place, $"The rule '{rule}' cannot be used: the catalog binds '{catalog.Canonicalization}'.")]);
        }

        var written = await AtomHashWriter.WriteAsync(catalog with { Canonicalization = rule ?? catalog.Canonicalization }, AtomValidator.FolderOf(call.FullPath), session.Value.Alone, force, cancel);
        return written.Report is { } report
            ? new AtomOutcome([AtomValidate.Result(session.Value, report) with { ContentHash = written.Hash, Changed = written.Changed, Problems = written.Problems }], session.Diagnostics)
            : AtomOutcome.Failed([.. session.Diagnostics, .. written.Problems]);
    }
}
