using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Families.Atoms.Canonical;

namespace Capsule.Families.Atoms.Catalogs;

/// <summary>Reads <c>ATOMS.yml</c> (specs: atoms 4). All problems come back together; aliases, duplicate keys and bombs are the YAML reader's business.</summary>
public static class AtomCatalogReader
{
    /// <summary>Reads the catalog of a folder (CAP0861, CAP0862, CAP0866).</summary>
    /// <param name="root">The folder; made absolute.</param>
    public static Result<AtomCatalog> Load(string root)
    {
        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        var path = Path.Combine(folder, AtomNames.CatalogName);
        if (!File.Exists(path))
        {
            return AtomCatalogDiagnostics.NoCatalog.In(path, $"in '{folder}'");
        }

        var text = SourceText.Load(path);
        return text.Succeeded ? Read(text.Value, folder) : Result.Failed<AtomCatalog>(text.Diagnostics.Select(Foreign));
    }

    /// <summary>Reads a text as the catalog of a folder.</summary>
    public static Result<AtomCatalog> Read(SourceText source, string root)
    {
        var tree = YamlReader.Read(source);
        if (!tree.Succeeded)
        {
            return Result.Failed<AtomCatalog>(tree.Diagnostics.Select(Foreign));
        }

        var problems = new List<Diagnostic>();
        var catalog = FieldReader.Root(tree.Value, AtomCatalogDiagnostics.Fields, problems) is { } top ? Catalog(top, root) : null;
        Diagnostic[] sorted = [.. problems.OrderBy(p => p.Span?.Line).ThenBy(p => p.Span?.Column)];
        return new Result<AtomCatalog>(sorted.Any(p => p.IsError) ? null : catalog, sorted);
    }

    private static AtomCatalog? Catalog(FieldReader top, string root)
    {
        if (top.Text("spec_version") is null)
        {
            top.Report(AtomNoticeDiagnostics.CatalogNote.At(top.Place, "ATOMS.yml does not say its spec_version.", "Add 'spec_version: atoms-spec/v1.1.0'."));
        }
        else if (top.Text("spec_version") is { } stated && !stated.Value.StartsWith("atoms-spec/v1.", StringComparison.Ordinal))
        {
            top.Report(AtomNoticeDiagnostics.CatalogNote.At(stated.Span, $"The format '{stated.Value}' of ATOMS.yml is not known.", "Write 'spec_version: atoms-spec/v1.1.0'."));
        }

        var name = top.RequiredText("name");
        Demand(top, name, AtomNames.IsWord, "words of lower-case letters and digits joined by hyphens");
        Demand(top, top.Text("version"), AtomNames.IsVersion, "a version such as 1.0.0");
        var domain = top.Text("canonical_domain");
        Demand(top, domain, d => Uri.CheckHostName(d) == UriHostNameType.Dns && d.Length <= 253, "a host name");
        var classes = top.Texts("atom_types");
        if (classes is null && !top.Has("atom_types"))
        {
            top.RequiredStrings("atom_types");
        }

        foreach (var @class in classes ?? [])
        {
            Demand(top, @class, AtomNames.IsWord, "words of lower-case letters and digits joined by hyphens");
        }

        var folder = top.Text("composition_dir");
        Demand(top, folder, CatalogPath.IsInside, "a relative path inside the catalog");
        var rule = top.Text("canonicalization");
        Demand(top, rule, r => r is CanonicalRules.Canonical or CanonicalRules.RawAsset, $"'{CanonicalRules.Canonical}' or '{CanonicalRules.RawAsset}'");
        var signing = top.Mapping("signing");
        var quorum = QuorumRulesReader.Read(top, signing);
        var keys = AtomKeyReader.All(top, signing, root);
        return name is null ? null : new AtomCatalog
        {
            Root = root,
            Name = name,
            CanonicalDomain = domain,
            Classes = [.. (classes ?? []).Select(c => c.Value)],
            CompositionFolder = folder is null ? "compositions" : CatalogPath.Clean(folder.Value),
            RequiredAlgorithms = Algorithms(signing, "required_algorithms") ?? [],
            AcceptedAlgorithms = Algorithms(signing, "accepted_algorithms") ?? Algorithms(signing, "required_algorithms") ?? AtomNames.Algorithms,
            QuorumRules = quorum,
            Keys = keys,
            RootSatisfiesAll = signing?.Boolean("root_satisfies_all")?.Value ?? false,
            RequiresEnvelope = signing?.Boolean("require_envelope")?.Value ?? false,
            Canonicalization = rule?.Value,
            AcceptedLicenses = [.. (Licensing(top)?.Texts("accepted_upstream") ?? []).Select(l => l.Value)],
        };
    }

    private static FieldReader? Licensing(FieldReader top) => top.Any("licensing") is { Value: MappingNode } field ? top.Mapping(field) : null;

    private static string[]? Algorithms(FieldReader? signing, string key) =>
        signing?.Texts(key) is { } names ? [.. names.Select(n => n.Value.ToLowerInvariant())] : null;

    private static void Demand(FieldReader reader, Field<string>? field, Func<string, bool> holds, string form)
    {
        if (field is not null && !holds(field.Value))
        {
            reader.Report(AtomCatalogDiagnostics.Invalid.At(field.Span, $"'{field.Path.Text}' must be {form}; this is '{field.Value}'.", $"Write {form}."));
        }
    }

    private static Diagnostic Foreign(Diagnostic problem) =>
        AtomCatalogDiagnostics.Invalid.At(problem.Span ?? default, problem.Message, problem.Hint) with { Severity = problem.Severity };
}
