using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Families.Atoms;

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

        settings = settings with { Catalogs = new KnownCatalogReader(Absolute, project is null ? null : Ignore).Read(root, settings.Catalogs) };

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

    private void Ignore(SourceSpan span, string what, string hint) => _problems.Add(AtomSettingsDiagnostics.Ignored.At(span, what, hint));

    private string Absolute(string text) => Path.GetFullPath(Expand(text), _folder);

    private string Expand(string text) => text == "~" ? userHome : text.StartsWith("~/", StringComparison.Ordinal) ? Path.Combine(userHome, text[2..]) : text;

    private static bool IsBelow(string path, string folder) => !Path.GetRelativePath(folder, path).StartsWith("..", StringComparison.Ordinal);
}
