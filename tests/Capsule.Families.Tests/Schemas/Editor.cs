using System.Text.Json.Nodes;
using Capsule.Tests;

namespace Capsule.Families.Tests.Schemas;

/// <summary>A folder with manifests and schemas, opened in an editor whose language server is somebody else's.</summary>
internal sealed class Editor : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly LanguageServer _server;

    private Editor(TemporaryFolder folder, LanguageServer server) => (_folder, _server) = (folder, server);

    public LanguageServer Server => _server;

    public static async Task<Editor> YamlAsync()
    {
        var folder = Folder();
        var settings = new JsonObject { ["validate"] = true, ["hover"] = true, ["completion"] = true, ["schemaStore"] = new JsonObject { ["enable"] = false } };
        return new Editor(folder, await LanguageServer.StartAsync(
            folder.Path, section => section == "yaml" ? settings.DeepClone() : null,
            Peers.Path("editors", "node_modules", "yaml-language-server", "bin", "yaml-language-server"), "--stdio"));
    }

    public static async Task<Editor> TomlAsync()
    {
        var folder = Folder();
        return new Editor(folder, await LanguageServer.StartAsync(
            folder.Path, _ => new JsonObject { ["schema"] = new JsonObject { ["enabled"] = true, ["catalogs"] = new JsonArray() } },
            Checkout.File("tests", "Capsule.Families.Tests", "Schemas", "taplo-server.cjs"), Peers.Path("editors")));
    }

    /// <summary>A folder with the schemas, as <c>capsule schema --output .schemas</c> leaves it.</summary>
    public static TemporaryFolder Folder()
    {
        var folder = new TemporaryFolder();
        foreach (var schema in ManifestSchemas.All)
        {
            folder.Write($".schemas/{schema.FileName}", schema.Text);
        }

        return folder;
    }

    /// <summary>Writes and opens a manifest.</summary>
    public string Open(string name, string text)
    {
        var file = _folder.Write(name, text);
        _server.Open(file);
        return file;
    }

    /// <summary>The mistakes that the editor does not mark where it should, with what it says instead.</summary>
    public async Task<string> UnmarkedAsync(string manifest, string right, IReadOnlyList<Mistake> mistakes)
    {
        var files = mistakes.Select((mistake, index) => Open($"{index}-{manifest}", mistake.In(right))).ToArray();
        await _server.UntilAsync(() => files.All(f => _server.Marks(f) is { Count: > 0 }));
        var missed = from pair in mistakes.Zip(files)
                     let line = pair.First.LineIn(right)
                     let marks = _server.Marks(pair.Second) ?? []
                     where !marks.Any(m => m.Line <= line && line <= m.EndLine && m.Message.Contains(pair.First.Mention, StringComparison.Ordinal))
                     select $"{pair.First} on line {line}:\n  {string.Join("\n  ", marks.Take(6))}";
        return string.Join('\n', missed);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }
}
