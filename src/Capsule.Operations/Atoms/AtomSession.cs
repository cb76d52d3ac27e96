using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Families.Atoms;
using Capsule.Families.Atoms.Catalogs;
using Capsule.Families.Atoms.Model;
using Capsule.Families.Atoms.Rules;
using Capsule.Operations.Atoms.Caching;

namespace Capsule.Operations.Atoms;

/// <summary>A call with its settings and its catalog.</summary>
public sealed record AtomSession(AtomCall Call, AtomSettings Settings, AtomCatalog Catalog)
{
    /// <summary>Finds references that the catalog does not have.</summary>
    public AtomResolver Resolver => field ??= new AtomResolver(Catalog, Settings, new CachedQuorum(Call, Settings).Judge, Call.Network, Call.Now);

    /// <summary>For commands to which it makes no difference whether references are known.</summary>
    public AtomValidation Alone => new() { Strict = Call.Strict, IsKnownElsewhere = _ => true };

    /// <summary>Checks an atom, after what it conforms to has been looked for wherever the call allows.</summary>
    public async Task<AtomReport> CheckAsync(SourceText atom, CancellationToken cancel)
    {
        var manifest = AtomReader.ReadAlone(atom, []);
        var named = manifest?.Payload?.ConformsTo is { } field ? AtomReference.Parse(field.Value) : null;
        var isKnown = named is not null && named != manifest!.Reference && Catalog.Find(named) is null && (await Resolver.ResolveAsync(named, cancel)).IsFound;
        return AtomValidator.Validate(Catalog, atom, new AtomValidation { Strict = Call.Strict, IsKnownElsewhere = other => isKnown && other == named }, cancel);
    }

    /// <summary>The same for the folder of an atom.</summary>
    public async Task<AtomReport> CheckAsync(string folder, CancellationToken cancel)
    {
        var path = Path.Combine(folder, AtomNames.ManifestName);
        return File.Exists(path) && SourceText.Load(path) is { Succeeded: true } text ? await CheckAsync(text.Value, cancel) : AtomValidator.Validate(Catalog, folder, Alone, cancel);
    }

    /// <summary>Reads settings and catalog (CAP0861 to CAP0863, CAP0866); warnings of both come with it.</summary>
    public static Result<AtomSession> Open(AtomCall call)
    {
        var notes = new List<Diagnostic>();
        if (User(call, notes) is not { } settings || FindRoot(call, settings, notes) is not { } root || Project(call, settings, root, notes) is not { } all)
        {
            return Result.Failed<AtomSession>(notes);
        }

        var catalog = AtomCatalogReader.Load(root);
        notes.AddRange(catalog.Diagnostics);
        return new Result<AtomSession>(catalog.Succeeded ? new AtomSession(call, all, catalog.Value) : null, notes);
    }

    /// <summary>The settings of the user alone, for commands without a catalog; null with the problems in the list.</summary>
    public static AtomSettings? User(AtomCall call, List<Diagnostic> notes)
    {
        var defaults = AtomSettings.Defaults(call.UserHome);
        var path = call.Config is null ? Path.Combine(call.UserHome, ".atoms", "config.toml") : Path.GetFullPath(call.Config, call.WorkingDirectory);
        if (!File.Exists(path))
        {
            if (call.Config is null)
            {
                return defaults;
            }

            notes.Add(AtomSettingsDiagnostics.Invalid.In(path, $"There is no settings file '{path}'.", "Name one that exists with --config, or leave it away."));
            return null;
        }

        return Taken(AtomSettingsReader.Read(path, defaults, call.UserHome, project: null), notes);
    }

    /// <summary>The folder of the catalog that a call means; null when there is none.</summary>
    public static string? RootOf(AtomCall call)
    {
        var unheard = new List<Diagnostic>();
        return User(call, unheard) is { } settings ? FindRoot(call, settings, unheard) : null;
    }

    /// <summary>What the settings say about the form of output; false where they cannot be read, which the command itself will tell.</summary>
    public static bool WantsJson(AtomCall call)
    {
        var unheard = new List<Diagnostic>();
        return User(call, unheard) is { } settings
            && ((FindRoot(call, settings, unheard) is { } root ? Project(call, settings, root, unheard) : settings)?.Json ?? settings.Json);
    }

    /// <summary>The atom's place for people and programs: relative to the catalog, with <c>/</c>.</summary>
    public string Relative(string path) => Path.GetRelativePath(Catalog.Root, path).Replace(Path.DirectorySeparatorChar, '/');

    private static string? FindRoot(AtomCall call, AtomSettings settings, List<Diagnostic> notes)
    {
        var named = call.Catalog ?? settings.CatalogRoot;
        var root = named is not null ? Path.GetFullPath(named, call.WorkingDirectory) : AtomCatalog.FindRoot(call.FullPath);
        if (root is null)
        {
            notes.Add(AtomCatalogDiagnostics.NoCatalog.In(call.FullPath, $"in '{call.FullPath}' or above"));
        }

        return root;
    }

    private static AtomSettings? Project(AtomCall call, AtomSettings settings, string root, List<Diagnostic> notes)
    {
        var path = Path.Combine(root, ".atoms", "config.toml");
        return File.Exists(path) ? Taken(AtomSettingsReader.Read(path, settings, call.UserHome, root), notes) : settings;
    }

    private static AtomSettings? Taken(Result<AtomSettings> read, List<Diagnostic> notes)
    {
        notes.AddRange(read.Diagnostics);
        return read.Succeeded ? read.Value : null;
    }
}
