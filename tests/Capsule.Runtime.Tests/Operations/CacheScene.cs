using System.Text;
using Capsule.Operations.Atoms;
using Capsule.Operations.Atoms.Caching;
using Capsule.Operations.Atoms.Fetching;
using Capsule.Tests;

namespace Capsule.Runtime.Tests.Operations;

/// <summary>A catalog that refers to the atom of another one, whose host is on loopback; the atom is signed by both of its keys and published.</summary>
internal sealed class CacheScene : IDisposable
{
    public const string Id = "acme-atoms/design-spec/greeting@1.0.0";

    private readonly AtomScene _publisher = new();
    private readonly TemporaryFolder _folder = new();

    private CacheScene()
    {
    }

    public LoopbackServer Host { get; } = new();

    public DateTimeOffset Now { get; set; } = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public string Cache => _folder["home/.atoms/cache"];

    public string Entry => Path.Combine(Cache, "acme-atoms/design-spec/greeting@1.0.0");

    public string this[params string[] parts] => _folder[parts];

    public AtomCall Call => new() { WorkingDirectory = _folder["mine"], UserHome = _folder["home"], Now = Now, Network = true };

    public string Manifest { get; private set; } = "";

    public static async Task<CacheScene> MakeAsync(bool draft = false, bool keys = true)
    {
        var scene = new CacheScene();
        if (draft)
        {
            scene.Manifest = AtomScene.Manifest;
        }
        else
        {
            await scene._publisher.SignedAsync();
            AtomScene.Codes(await scene._publisher.PublishAsync(also: "editor"), "CAP0833");
            scene.Manifest = scene._publisher.Text;
        }

        scene.Serve(scene.Host);
        scene.Write("mine/ATOMS.yml", "spec_version: atoms-spec/v1.1.0\nname: my-atoms\natom_types: [design-spec]\n");
        scene.Write("mine/compositions/design-spec/mine@1.0.0/atom.toml", AtomScene.Manifest
            .Replace("acme-atoms/design-spec/greeting\"", "my-atoms/design-spec/mine\"", StringComparison.Ordinal));
        scene.Write("mine/compositions/design-spec/mine@1.0.0/spec.md", "mine\n");
        scene.Write("keys/ATOMS.yml", AtomScene.Catalog);
        scene.Settings($"domain = \"{scene.Host.Root}\"\n" + (keys ? "root = \"../../keys\"\n" : ""));
        return scene;
    }

    public string Write(string relative, string content) => _folder.Write(relative, content);

    /// <summary>The user's lines about the other catalog, and more tables.</summary>
    public void Settings(string catalog, string more = "") => Write("home/.atoms/config.toml", $"[catalogs.acme-atoms]\n{catalog}[network]\ntimeout_seconds = 60\n{more}");

    /// <summary>Puts the atom on a server.</summary>
    public void Serve(LoopbackServer server, string prefix = "", string asset = "hello\n", Func<string, string>? manifest = null)
    {
        server.Pages[$"{prefix}/design-spec/greeting/1.0.0/atom.toml"] = WebAnswer.Text((manifest ?? (m => m))(Manifest), "text/plain", "\"7\"");
        server.Pages[$"{prefix}/design-spec/greeting/1.0.0/spec.md"] = WebAnswer.Bytes(Encoding.UTF8.GetBytes(asset));
    }

    /// <summary>Who finds atoms, as <c>validate</c> does.</summary>
    public AtomResolver Resolver(bool network = true)
    {
        var session = AtomSession.Open(Call with { Network = network }).Value!;
        return new AtomResolver(session.Catalog, session.Settings, new CachedQuorum(Call, session.Settings).Judge, network, Now)
        {
            Rules = FetchRules.Of(session.Settings) with { Pause = TimeSpan.FromMilliseconds(1) },
        };
    }

    /// <summary>Looks the atom up: the source of the answer and the codes that were told.</summary>
    public async Task<string> FindAsync(bool network = true)
    {
        using var resolver = Resolver(network);
        var found = await resolver.ResolveAsync(Families.Atoms.AtomReference.Parse(Id)!, CancellationToken.None);
        return string.Join(' ', resolver.Notes.Select(n => n.Code).Prepend(found.Source.ToString()));
    }

    public Task<AtomOutcome> AddAsync() => CacheCommands.AddAsync(Call, Id, CancellationToken.None);

    public AtomOutcome Purge(string? id = null, bool all = false, string? lifecycle = null, bool yes = true) =>
        CacheCommands.Purge(Call, new CacheSelection(id, all, lifecycle) { Yes = yes }, CancellationToken.None);

    public void Dispose()
    {
        Host.Dispose();
        _publisher.Dispose();
        _folder.Dispose();
    }
}
