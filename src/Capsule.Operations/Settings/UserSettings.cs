using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Runtime.Sandbox;

namespace Capsule.Operations.Settings;

/// <summary>
/// What <c>CAPSULE_HOME/config.toml</c> says. Without the file, the defaults.
/// <code>
/// [sandbox]
/// uid_range = "200000-200999"   # needed when the runner is root
/// landlock = "required"          # nothing starts on a kernel without it; "preferred" warns
///
/// [relays]
/// exit_to_open_ai = "https://llm.example.com/openai"   # a gateway of yours in the place of the provider
///
/// [kits]
/// registry = "https://example.org/kits/registry"   # the catalog that registry verbs read: an address, a folder or a file
///
/// [[feed]]
/// address = "/srv/feed"          # where install looks when no --feed is given
///
/// [[replace]]
/// repository = "https://example.org/tools.git"
/// with = "/srv/mirror/tools.git" # a folder or another address that it is fetched from
/// </code>
/// </summary>
public sealed record UserSettings
{
    private const string Required = "required";
    private static readonly string[] Landlock = ["preferred", Required];

    internal static readonly FieldKinds Kinds = new()
    {
        WrongType = SettingsDiagnostics.WrongType,
        Unknown = SettingsDiagnostics.Unknown,
        Missing = SettingsDiagnostics.Missing,
        NotAllowed = SettingsDiagnostics.NotAllowed,
        OutOfRange = SettingsDiagnostics.OutOfRange,
    };

    public UidRange? UidRange { get; init; }

    /// <summary>True refuses every run on a kernel without Landlock.</summary>
    public bool LandlockRequired { get; init; }

    public IReadOnlyList<string> Feeds { get; init; } = [];

    /// <summary>The catalog of Kits; null for none. A relative path starts at CAPSULE_HOME.</summary>
    public string? KitRegistry { get; init; }

    /// <summary>Addresses in the place of a provider's, by the kind of Relay.</summary>
    public IReadOnlyDictionary<string, Uri> Relays { get; init; } = new Dictionary<string, Uri>();

    /// <summary>Where repositories of dependencies are fetched from instead of their own address.</summary>
    public IReadOnlyDictionary<string, string> Replacements { get; init; } = new Dictionary<string, string>();

    /// <summary>What they say about sandboxes.</summary>
    public SandboxOptions ForSandboxes() => new() { UidRange = UidRange, LandlockRequired = LandlockRequired };

    /// <summary>Reads the file; every problem has its place in it (CAP925n, CAP5740).</summary>
    public static Result<UserSettings> Load(string path)
    {
        if (!File.Exists(path))
        {
            return new UserSettings();
        }

        var text = SourceText.Load(path);
        var document = text.Succeeded ? TomlReader.Read(text.Value) : Result.Failed<MappingNode>(text.Diagnostics);
        return document.Succeeded ? Read(document.Value) : Result.Failed<UserSettings>(document.Diagnostics);
    }

    private static Result<UserSettings> Read(MappingNode document)
    {
        var problems = new List<Diagnostic>();
        var root = FieldReader.Root(document, Kinds, problems)!;
        var (range, landlock) = ReadSandbox(root, problems);
        var settings = new UserSettings { UidRange = range, LandlockRequired = landlock, Feeds = ReadFeeds(root), KitRegistry = ReadKits(root), Replacements = ReadReplacements(root), Relays = RelaySettings.Read(root, problems) };
        root.RefuseUnknown();
        return problems.Count > 0 ? Result.Failed<UserSettings>(problems) : settings;
    }

    private static (UidRange? Range, bool LandlockRequired) ReadSandbox(FieldReader root, List<Diagnostic> problems)
    {
        if (root.Mapping("sandbox") is not { } sandbox)
        {
            return (null, false);
        }

        var text = sandbox.String("uid_range");
        var landlock = sandbox.OneOf("landlock", Landlock);
        sandbox.RefuseUnknown();
        if (text is null)
        {
            return (null, landlock?.Value == Required);
        }

        var range = UidRange.Parse(text.Value);
        problems.AddRange(range.Diagnostics.Select(problem => problem with { Span = text.Span }));
        return (range.Value, landlock?.Value == Required);
    }

    private static Dictionary<string, string> ReadReplacements(FieldReader root)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in root.Items("replace") ?? [])
        {
            if (item.RequiredString("repository") is { } repository && item.RequiredString("with") is { } with && !found.TryAdd(repository.Value, with.Value))
            {
                item.Report(SettingsDiagnostics.ReplacedTwice.At(repository.Span, repository.Value));
            }

            item.RefuseUnknown();
        }

        return found;
    }

    private static string? ReadKits(FieldReader root)
    {
        var kits = root.Mapping("kits");
        var registry = kits?.String("registry");
        kits?.RefuseUnknown();
        return registry?.Value;
    }

    private static IReadOnlyList<string> ReadFeeds(FieldReader root)
    {
        var feeds = new List<string>();
        foreach (var feed in root.Items("feed") ?? [])
        {
            if (feed.RequiredString("address") is { } address)
            {
                feeds.Add(address.Value);
            }

            feed.RefuseUnknown();
        }

        return feeds;
    }
}
