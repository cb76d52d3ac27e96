using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Families.Atoms;
using Capsule.Families.Atoms.Canonical;
using Capsule.Families.Atoms.Catalogs;
using Capsule.Families.Atoms.Model;
using Capsule.Families.Atoms.Rules;
using Capsule.Trust.Quorum.Counting;

namespace Capsule.Operations.Atoms.Caching;

/// <summary>Judges the quorum of atoms that lie in the cache or were just fetched, by the same procedure as <c>verify</c>.</summary>
internal sealed class CachedQuorum(AtomCall call, AtomSettings settings)
{
    /// <summary>Null when the quorum is met, else why it is not.</summary>
    public string? Judge(AtomCatalog catalog, string folder, CancellationToken cancel)
    {
        var problems = new List<Diagnostic>();
        var text = SourceText.Load(Path.Combine(folder, AtomNames.ManifestName));
        if (!text.Succeeded || AtomReader.ReadAlone(text.Value, problems) is not { } manifest)
        {
            return "its atom.toml cannot be read";
        }

        var report = new AtomReport { Folder = folder, Manifest = manifest, Files = AtomFiles.List(folder, cancel), Problems = problems };
        var quorum = AtomQuorum.Evaluate(new AtomSession(call, settings, catalog), report, cancel);
        return !quorum.Succeeded ? quorum.Diagnostics.First(d => d.IsError).Message.TrimEnd('.')
            : quorum.Value.Count.IsSatisfied ? null
            : $"its quorum '{quorum.Value.Rule.Text}' is not met ({string.Join("; ", quorum.Value.Count.Terms.Where(t => !t.IsSatisfied).Select(t => $"{t.Signed.Count} of {t.Term.Count} valid signatures of the role '{t.Term.Role}'"))})";
    }
}
