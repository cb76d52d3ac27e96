using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Packaging.Containers;
using Capsule.Tests;

namespace Capsule.Packaging.Tests.Containers;

/// <summary>A small project to pack, and a place for what comes of it.</summary>
internal sealed class Project : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<PackEntry> _entries = [];

    public string Folder => _folder.Path;

    public string Root => _folder["project"];

    public string Output => _folder["out", "hello.capakit"];

    public static Project Small()
    {
        var project = new Project();
        project.Add("capability.yml", "name: hello\nversion: 1.0.0\n");
        project.Add("src/main.ts", "console.log('hi')\n");
        project.Add("bin/run", "#!/bin/sh\necho hi\n");
        project.Add("data/é.txt", "\u00E9\r\n");
        project.Add("tool", "listed as executable", executable: true);
        project.AddLink("current", "bin/run");
        return project;
    }

    public string this[params string[] parts] => _folder[parts];

    public string Add(string path, string content, bool executable = false)
    {
        _entries.Add(new PackEntry(path, path, executable));
        return _folder.Write(Path.Combine("project", path), content);
    }

    public void AddBytes(string path, byte[] content)
    {
        File.WriteAllBytes(Add(path, ""), content);
    }

    public void AddLink(string path, string target)
    {
        _entries.Add(new PackEntry(path, null, LinkTarget: target));
        File.CreateSymbolicLink(Path.Combine(Root, path), target);
    }

    public PackPlan Plan(string? scope = "acme", string? version = "1.0.0") => new()
    {
        Package = new PackageReference(FamilyNames.Kit, scope, "hello", version),
        Manifest = "capability.yml",
        Extension = ".capakit",
        Entries = [.. _entries.OrderBy(e => e.Path, Capsule.Core.Identity.TreePathOrder.Instance)],
        License = "Apache-2.0",
        Description = "Says <hello> & more.",
    };

    public PackRequest Request(string? scope = "acme", string? version = "1.0.0") => new(Plan(scope, version), Root, Output)
    {
        Attachments = tree => [new PackageAttachment("sbom.spdx.json", System.Text.Encoding.UTF8.GetBytes($"{{\"tree\":\"{tree.Identity}\"}}"))],
    };

    public async Task<PackedPackage> PackAsync(string? scope = "acme", string? version = "1.0.0") =>
        Value(await PackagePacker.PackAsync(Request(scope, version), CancellationToken.None));

    public static T Value<T>(Result<T> result)
        where T : class
    {
        Assert.IsTrue(result.Succeeded, string.Join('\n', result.Diagnostics.Select(d => $"{d.Code}: {d.Message}")));
        return result.Value!;
    }

    public static string Codes<T>(Result<T> result)
        where T : class => string.Join(' ', result.Diagnostics.Select(d => d.Code).Distinct());

    public void Dispose() => _folder.Dispose();
}
