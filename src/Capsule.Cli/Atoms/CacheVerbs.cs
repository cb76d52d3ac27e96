using System.CommandLine;
using System.Globalization;
using Capsule.Cli.Shell;
using Capsule.Families.Atoms;
using Capsule.Operations.Atoms.Caching;

namespace Capsule.Cli.Atoms;

/// <summary><c>cache list</c>, <c>inspect</c>, <c>add</c> and <c>purge</c>.</summary>
internal static class CacheVerbs
{
    public static IReadOnlyList<AtomVerb> All() => [List(), Inspect(), Add(), Purge()];

    private static AtomVerb List() => new(
        "cache list", "Lists the cached atoms with their lifecycle, the time they came, whether they are still good, and their size.", "cache list",
        [], null, (call, _, _) => Task.FromResult(CacheCommands.List(call)), _ => "")
    {
        Show = outcome => [.. (outcome.Entries ?? []).Select(Line)],
    };

    private static AtomVerb Inspect()
    {
        var id = Id();
        return new AtomVerb(
            "cache inspect", "Looks at one cached atom anew and tells all that is known about it.", "cache inspect schema-atoms/design-spec/atom-spec@1.1.0",
            [id], null, (call, line, cancel) => Task.FromResult(CacheCommands.Inspect(call, line.GetRequiredValue(id), cancel)), _ => "")
        {
            Show = outcome => outcome.Entry is { } entry ? Lines(entry) : [],
        };
    }

    private static AtomVerb Add()
    {
        var id = Id();
        return new AtomVerb(
            "cache add", "Fetches an atom of another catalog, checks it, and keeps it.", "cache add schema-atoms/design-spec/atom-spec@1.1.0",
            [id], null, (call, line, cancel) => CacheCommands.AddAsync(call, line.GetRequiredValue(id), cancel), _ => "")
        {
            Show = outcome => [.. (outcome.Entries ?? []).Select(Line)],
        };
    }

    private static AtomVerb Purge()
    {
        var id = Id();
        id.Arity = ArgumentArity.ZeroOrOne;
        var all = new Option<bool>("--all") { Description = "Remove everything." };
        var lifecycle = new Option<string?>("--lifecycle") { Description = "Remove all atoms of one lifecycle.", HelpName = "LIFECYCLE" };
        var yes = new Option<bool>("--yes") { Description = "Do not ask before removing everything." };
        return new AtomVerb(
            "cache purge", "Removes one cached atom, all of one lifecycle, or all. What is not there is no error.", "cache purge --lifecycle draft",
            [id, all, lifecycle, yes], null,
            (call, line, cancel) =>
            {
                var terminal = Terminal.OfProcess();
                var selection = new CacheSelection(line.GetValue(id), line.GetValue(all), line.GetValue(lifecycle))
                {
                    Yes = line.GetValue(yes),
                    Confirm = terminal is { InputIsTerminal: true, ErrorIsTerminal: true } ? question => Questions.Ask(terminal, question) : null,
                };
                return Task.FromResult(CacheCommands.Purge(call, selection, cancel));
            },
            _ => "")
        {
            Show = outcome => [.. (outcome.Entries ?? []).Select(e => $"removed: {e.Id}")],
        };
    }

    private static Argument<string> Id() => AtomVerbs.Plain(new("ATOM-ID") { Description = "A full reference: catalog/class/slug@version." });

    private static string Line(CacheEntry entry) =>
        string.Create(CultureInfo.InvariantCulture, $"{entry.Id}  {entry.Lifecycle ?? "unreadable"}  {Rfc3339.Write(entry.CachedAt)}  {entry.Age.Status}  {entry.Size} bytes");

    private static List<string> Lines(CacheEntry entry)
    {
        var details = entry.Details!;
        List<string> lines =
        [
            $"id: {entry.Id}",
            $"path: {details.Path}",
            $"lifecycle: {entry.Lifecycle ?? "unreadable"}",
            $"content_hash: {details.ContentHash ?? "none"}",
            $"cached_at: {Rfc3339.Write(entry.CachedAt)}",
            $"ttl: {entry.Age.Status}{(entry.Age.ExpiresAt is { } end ? $", until {Rfc3339.Write(end)}" : "")}",
            $"verification: {details.Verification}, at {details.VerifiedAt}",
            $"last verification: {(details.LastVerification is null ? "none" : $"{details.LastVerification}, at {details.LastVerifiedAt}")}",
            $"source: {details.Record?.Source ?? "unknown"}{(details.Record?.Mirror == true ? ", a mirror" : "")}",
        ];
        lines.AddRange(details.Files.Select(f => string.Create(CultureInfo.InvariantCulture, $"file: {f.Key}, {f.Value} bytes")));
        return lines;
    }
}
