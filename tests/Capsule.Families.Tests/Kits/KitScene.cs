using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Families.Kits.Reading;
using Capsule.Tests;

namespace Capsule.Families.Tests.Kits;

/// <summary>A Kit in a fresh folder, and what is said about it.</summary>
internal sealed class KitScene : IDisposable
{
    /// <summary>One workload with one exposed path.</summary>
    public const string Hello = """
        version: '1'
        name: hello
        workloads:
          hello:
            endpoints:
              - mcp
            runtime:
              source:
                toolchain: bun
                start:
                  command: bun run src/index.ts
        expose:
          - path: /mcp
            target: hello
            endpoints:
              - mcp

        """;

    public KitScene(string manifest = Hello, string? tests = null)
    {
        Folder.Write("capability.yml", manifest);
        Folder.Write("workloads/hello/src/index.ts", "console.log(1)");
        if (tests is not null)
        {
            Folder.Write("capability-test.yml", tests);
        }
    }

    public TemporaryFolder Folder { get; } = new();

    public Result<CompiledPackage> Compile(params (string Id, string Value)[] options) => FamilyCatalog.Compile(new CompileRequest
    {
        ManifestPath = Folder["capability.yml"],
        Options = options.ToDictionary(o => o.Id, o => o.Value),
    });

    public CompiledPackage Compiled(params (string Id, string Value)[] options)
    {
        var result = Compile(options);
        Assert.IsTrue(result.Succeeded, Said(result.Diagnostics));
        return result.Value;
    }

    /// <summary>What MSBuild would show for a manifest: one line for each problem.</summary>
    public static string Said(string manifest) => Said(KitReader.Read(new SourceText("/kit/capability.yml", manifest)).Diagnostics);

    public static string Said(IEnumerable<Diagnostic> problems) => string.Join('\n', problems.Select(p =>
        $"{Place(p.Span)}{p.Severity.ToString().ToLowerInvariant()} {p.Code}: {p.Message}"));

    public void Dispose() => Folder.Dispose();

    private static string Place(SourceSpan? span) => span is { } s ? $"{Path.GetFileName(s.File)}({s.Line},{s.Column}): " : "";
}
