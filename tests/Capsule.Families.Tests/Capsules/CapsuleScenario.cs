using System.Globalization;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Families.Capsules;
using Capsule.Tests;

namespace Capsule.Families.Tests.Capsules;

/// <summary>A project folder with a capsule.toml, compiled, and what came of it in the form that a terminal shows.</summary>
internal sealed class CapsuleScenario : IDisposable
{
    /// <summary>A manifest that keeps every rule; its lines are counted by the tests.</summary>
    public const string Server = """
        schema_version = "0.2"
        name = "my-server"
        version = "1.2.3"
        type = "app"
        default_target = "server"

        [targets.server]
        runtime = "source"
        driver = "node"
        runtime_version = "20.11.0"
        entrypoint = "server.mjs"
        port = 3000
        """;

    public const string Site = """
        schema_version = "0.2"
        name = "my-site"
        version = "1.2.3"
        type = "app"
        default_target = "site"

        [targets.site]
        runtime = "web"
        driver = "static"
        entrypoint = "dist"
        port = 8080
        """;

    private readonly TemporaryFolder _folder = new();

    public CapsuleScenario(string manifest, params IEnumerable<string> files)
    {
        _folder.Write("capsule.toml", manifest);
        foreach (var file in files)
        {
            _folder.Write(file, $"{file}\n");
        }
    }

    public string Folder => _folder.Path;

    public static CapsuleScenario ServerWith(string old, string replacement) =>
        new(Replace(Server, old, replacement), "server.mjs");

    public static CapsuleScenario SiteWith(string old, string replacement) =>
        new(Replace(Site, old, replacement), "dist/index.html");

    public CapsuleScenario With(string file, string content)
    {
        _folder.Write(file, content);
        return this;
    }

    public Result<CompiledPackage> Compile(string? target = null, string? version = null) =>
        new CapsuleFamily().Compile(new CompileRequest
        {
            ManifestPath = _folder["capsule.toml"],
            Publisher = "acme",
            Target = target,
            Version = version,
        });

    /// <summary>The plans; fails the test when there are none.</summary>
    public CompiledPackage Plans(string? target = null)
    {
        var result = Compile(target);
        Assert.IsTrue(result.Succeeded, string.Join('\n', Lines(result.Diagnostics)));
        return result.Value;
    }

    /// <summary>Asserts exactly these lines: <c>capsule.toml(12,7): error CAP0001</c>.</summary>
    public Result<CompiledPackage> Says(params string[] lines)
    {
        var result = Compile();
        CollectionAssert.AreEqual(lines, Lines(result.Diagnostics), string.Join('\n', result.Diagnostics));
        Assert.AreEqual(result.Diagnostics.All(d => !d.IsError), result.Succeeded);
        return result;
    }

    public static string[] Lines(IEnumerable<Diagnostic> diagnostics) => [.. diagnostics.Select(Line)];

    public void Dispose() => _folder.Dispose();

    private static string Line(Diagnostic problem)
    {
        var place = problem.Span is { } span
            ? string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(span.File)}({span.Line},{span.Column})")
            : "-";
        return $"{place}: {problem.Severity.ToString().ToLowerInvariant()} {problem.Code}";
    }

    private static string Replace(string manifest, string old, string replacement)
    {
        StringAssert.Contains(manifest, old);
        return manifest.Replace(old, replacement, StringComparison.Ordinal);
    }
}
