using System.Text.RegularExpressions;
using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Distribution.Sources;

namespace Capsule.Operations.Kits.Catalogs;

/// <summary>
/// Reads <c>apps.json</c> of schema 1 (specs: kits 6). A catalog is written by others: its size, depth and texts are bounded, control characters go, and an
/// entry that cannot be used is left out with a warning.
/// </summary>
public static partial class CatalogReader
{
    /// <summary>Bytes of a catalog; more is not read.</summary>
    public const int Limit = 4 << 20;

    private const int LongestText = 2000;
    private const int MostTexts = 50;

    private static readonly FieldKinds Kinds = new()
    {
        WrongType = CatalogDiagnostics.WrongType,
        Missing = CatalogDiagnostics.Missing,

        // What is not known is not read, and no field has a list of words or a range.
        Unknown = CatalogDiagnostics.WrongType,
        NotAllowed = CatalogDiagnostics.WrongType,
        OutOfRange = CatalogDiagnostics.WrongType,
    };

    /// <summary>The catalog, or why it is none (CAP4322 to CAP4324, and what a text of JSON can lack).</summary>
    /// <param name="path">The file.</param>
    /// <param name="from">What people call it.</param>
    public static Result<KitCatalog> Load(string path, string from)
    {
        var text = SourceText.Load(path, Limit);
        var read = text.Succeeded ? JsonReader.Read(text.Value) : Result.Failed<Node>(text.Diagnostics);
        if (!read.Succeeded)
        {
            return Result.Failed<KitCatalog>(read.Diagnostics);
        }

        var problems = new List<Diagnostic>();
        if (FieldReader.Root(read.Value, Kinds, problems) is not { } root)
        {
            return Result.Failed<KitCatalog>(problems);
        }

        if (root.RequiredInteger("schema") is { } schema && schema.Value != 1)
        {
            return CatalogDiagnostics.OtherSchema.At(schema.Span, schema.Value);
        }

        var notes = new List<Diagnostic>();
        var groups = (root.List("tagOntology") ?? []).Select(g => Group(g, notes)).OfType<TagGroup>().ToArray();
        var entries = new OrderedDictionary<string, CatalogEntry>(StringComparer.Ordinal);
        if (root.RequiredAny("apps") is not null)
        {
            foreach (var item in root.List("apps") ?? [])
            {
                if (Entry(item, notes) is { } entry && !entries.TryAdd(entry.Name, entry))
                {
                    notes.Add(CatalogDiagnostics.LeftOut.At(item.Span, $"'{entry.Name}' is there twice."));
                }
            }
        }

        return problems.Count > 0
            ? Result.Failed<KitCatalog>(problems)
            : Result.Of(new KitCatalog(from, groups, [.. entries.Values.OrderByDescending(e => e.Featured).ThenBy(e => e.Order).ThenBy(e => e.Name, StringComparer.Ordinal)]), notes);
    }

    private static TagGroup? Group(Field<Node> item, List<Diagnostic> notes) => Read(item, notes, group =>
        group.RequiredString("group") is { } name ? new TagGroup(Line(name), Line(group.String("description")), Lines(group.Strings("tags"))) : null);

    private static CatalogEntry? Entry(Field<Node> item, List<Diagnostic> notes) => Read(item, notes, app =>
    {
        var (name, repo) = (app.RequiredString("name"), app.RequiredString("repo"));
        if (name is null || repo is null)
        {
            return null;
        }

        if (!Name().IsMatch(name.Value))
        {
            app.Report(CatalogDiagnostics.WrongType.At(name.Span, "name", "the name of a Kit", $"'{Line(name)}'"));
            return null;
        }

        // Some catalogs shorten the repository's address; the command has it whole.
        var command = app.String("runCommand")?.Value.Split(' ') ?? [];
        var place = GitLocation.Parse(GitLocation.LooksLike(repo.Value) ? repo.Value : command.FirstOrDefault(GitLocation.LooksLike) ?? repo.Value);
        foreach (var problem in place.Diagnostics)
        {
            app.Report(problem with { Span = repo.Span });
        }

        return !place.Succeeded ? null : new CatalogEntry
        {
            Name = name.Value,
            DisplayName = app.String("displayName") is { } shown ? Line(shown) : name.Value,
            Description = Line(app.String("description")),
            WhatItDoes = Lines(app.Strings("whatItDoes")),
            Repository = place.Value,
            Technologies = Lines(app.Strings("technologies")),
            Tags = Lines(app.Strings("tags")),
            Featured = app.Boolean("featured")?.Value ?? false,
            Order = app.Integer("order")?.Value ?? long.MaxValue,
            IsSkill = app.String("skillInstallCommand") is not null,
        };
    });

    /// <summary>Null, with a warning for its first problem, when it has one.</summary>
    private static T? Read<T>(Field<Node> item, List<Diagnostic> notes, Func<FieldReader, T?> read)
        where T : class
    {
        var problems = new List<Diagnostic>();
        var found = FieldReader.Root(item.Value, Kinds, problems) is { } fields ? read(fields) : null;
        if (problems.Count == 0)
        {
            return found;
        }

        notes.Add(CatalogDiagnostics.LeftOut.At(problems[0].Kind == CatalogDiagnostics.Missing ? item.Span : problems[0].Span ?? item.Span, problems[0].Message));
        return null;
    }

    private static string[] Lines(IReadOnlyList<Field<string>>? fields) => [.. (fields ?? []).Take(MostTexts).Select(Line)];

    private static string Line(Field<string>? field)
    {
        var line = TerminalText.Line(field?.Value ?? "").Trim();
        return line.Length > LongestText ? line[..LongestText] + "…" : line;
    }

    [GeneratedRegex(@"\A[a-z](?:[a-z0-9_-]{0,126}[a-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
