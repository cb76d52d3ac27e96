using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Families.Atoms;
using Capsule.Operations.Atoms.Fetching;

namespace Capsule.Operations.Atoms;

/// <summary>
/// Reads one settings file over others. A project's file comes with a repository, so it cannot run programs, allow plain keys, move the
/// cache out of the project or name the catalog's root: such lines are told and have no effect (specs: atoms 11).
/// </summary>
internal sealed class AtomSettingsReader(string path, string userHome, string? project)
{
    private readonly List<Diagnostic> _problems = [];
    private readonly string _folder = Path.GetDirectoryName(path)!;

    /// <param name="path">Absolute.</param>
    /// <param name="below">What the file is put over.</param>
    /// <param name="userHome">What a leading <c>~</c> stands for.</param>
    /// <param name="project">The catalog's root when the file is the project's; null for the user's.</param>
    public static Result<AtomSettings> Read(string path, AtomSettings below, string userHome, string? project)
    {
        var text = SourceText.Load(path);
        var tree = text.Succeeded ? TomlReader.Read(text.Value) : Result.Failed<MappingNode>(text.Diagnostics);
        return tree.Succeeded
            ? new AtomSettingsReader(path, userHome, project).Read(tree.Value, below)
            : Result.Failed<AtomSettings>(tree.Diagnostics.Select(d => AtomSettingsDiagnostics.Invalid.At(d.Span ?? SourceSpan.Of(path), d.Message, d.Hint)));
    }

    private Result<AtomSettings> Read(MappingNode document, AtomSettings settings)
    {
        var root = FieldReader.Root(document, AtomSettingsDiagnostics.Fields, _problems)!;
        settings = Keys(root, Cache(root, Catalog(root, settings)));
        if (root.Mapping("output") is { } output)
        {
            settings = settings with { Json = output.Boolean("json")?.Value ?? settings.Json };
            output.RefuseUnknown();
        }

        if (root.Mapping("network") is { } network)
        {
            settings = settings with
            {
                TimeoutSeconds = (int)(network.Integer("timeout_seconds", 1, 3600)?.Value ?? settings.TimeoutSeconds),
                Offline = network.Boolean("offline")?.Value ?? settings.Offline,
            };
            network.RefuseUnknown();
        }

        settings = settings with { Catalogs = Catalogs(root, settings) };

        // Another program keeps its settings in the same file.
        root.Ignore("olympus");
        root.RefuseUnknown();
        return new Result<AtomSettings>(_problems.Any(p => p.IsError) ? null : settings, _problems);
    }

    private AtomSettings Catalog(FieldReader root, AtomSettings settings)
    {
        if (root.Mapping("catalog") is not { } catalog)
        {
            return settings;
        }

        var place = catalog.String("root");
        if (place is not null && project is not null)
        {
            Ignore(place.Span, "'catalog.root' has no effect in a project's file: the root must be known to find that file.", "Set it in the user's file, or call with --catalog.");
            place = null;
        }

        settings = settings with
        {
            DefaultCatalog = catalog.String("default")?.Value ?? settings.DefaultCatalog,
            CatalogRoot = place is null || place.Value == "." ? settings.CatalogRoot : Expand(place.Value),
        };
        catalog.RefuseUnknown();
        return settings;
    }

    private AtomSettings Cache(FieldReader root, AtomSettings settings)
    {
        if (root.Mapping("cache") is not { } cache)
        {
            return settings;
        }

        var place = cache.String("path");
        var full = place is null ? settings.CachePath : Absolute(place.Value);
        if (place is not null && project is not null && !IsBelow(full, project))
        {
            Ignore(place.Span, "'cache.path' has no effect in a project's file when it lies outside the project.", "Set it in the user's file.");
            full = settings.CachePath;
        }

        settings = settings with { CachePath = full, DraftTtlSeconds = cache.Integer("draft_ttl_seconds", -1, int.MaxValue)?.Value ?? settings.DraftTtlSeconds };
        cache.RefuseUnknown();
        return settings;
    }

    private AtomSettings Keys(FieldReader root, AtomSettings settings)
    {
        if (root.Mapping("keys") is not { } keys)
        {
            return settings;
        }

        var insecure = keys.Boolean("allow_insecure");
        if (insecure is not null && project is not null)
        {
            Ignore(insecure.Span, "'keys.allow_insecure' has no effect in a project's file.", "Set it in the user's file.");
            insecure = null;
        }

        var backends = new Dictionary<string, KeyBackendSettings>(settings.Backends, StringComparer.Ordinal);
        foreach (var entry in keys.Mappings("backends") ?? [])
        {
            if (project is not null)
            {
                Ignore(entry.Key.Span, $"The backend '{entry.Key.Value}' has no effect in a project's file: it could run programs or sign elsewhere.", "Set it in the user's file.");
            }
            else if (KeyBackendReader.Read(entry.Value, Expand, Absolute) is { } backend)
            {
                backends[entry.Key.Value] = backend;
            }
        }

        settings = settings with
        {
            DefaultKey = keys.String("default_key")?.Value ?? settings.DefaultKey,
            DefaultBackend = keys.String("default_backend")?.Value ?? settings.DefaultBackend,
            AllowInsecureKeys = insecure?.Value ?? settings.AllowInsecureKeys,
            Backends = backends,
        };
        keys.RefuseUnknown();
        return settings;
    }

    private Dictionary<string, KnownCatalog> Catalogs(FieldReader root, AtomSettings settings)
    {
        var catalogs = new Dictionary<string, KnownCatalog>(settings.Catalogs, StringComparer.Ordinal);
        foreach (var entry in root.Mappings("catalogs") ?? [])
        {
            catalogs[entry.Key.Value] = new KnownCatalog(
                entry.Value.String("root") is { } place ? Absolute(place.Value) : null, Domain(entry.Value) ?? settings.Catalogs.GetValueOrDefault(entry.Key.Value)?.Domain);
            entry.Value.RefuseUnknown();
        }

        return catalogs;
    }

    /// <summary>A host name; in the user's file an address of http or https too, for hosts of one's own.</summary>
    private string? Domain(FieldReader entry)
    {
        if (entry.String("domain") is not { } domain)
        {
            return null;
        }

        if (AtomAddress.Parse(domain.Value) is null)
        {
            entry.Report(AtomSettingsDiagnostics.Invalid.At(domain.Span, $"'{domain.Value}' is no host.", "Write a host name such as atoms.example.org."));
            return null;
        }

        if (project is not null && Uri.CheckHostName(domain.Value) != UriHostNameType.Dns)
        {
            Ignore(domain.Span, $"The domain '{domain.Value}' has no effect in a project's file: only a host name may stand there.", "Set it in the user's file.");
            return null;
        }

        return domain.Value;
    }

    private void Ignore(SourceSpan span, string what, string hint) => _problems.Add(AtomSettingsDiagnostics.Ignored.At(span, what, hint));

    private string Absolute(string text) => Path.GetFullPath(Expand(text), _folder);

    private string Expand(string text) => text == "~" ? userHome : text.StartsWith("~/", StringComparison.Ordinal) ? Path.Combine(userHome, text[2..]) : text;

    private static bool IsBelow(string path, string folder) => !Path.GetRelativePath(folder, path).StartsWith("..", StringComparison.Ordinal);
}
