using System.Text.Json.Nodes;

namespace Capsule.EndToEnd.Tests.Cli;

[TestClass]
public sealed class WrongManifest : IDisposable
{
    private const string Manifest = """
        version: '1'
        name: hello
        workloads:
          web:
            endpoints:
              - http
            runtime:
              source:
                toolchain: bun
                start:
                  command: bun run index.ts
        expose:
          - path: /mcp
            target: web
            endpoints:
              - mcp
        """;

    private readonly CapsuleProgram _capsule = new();

    public void Dispose() => _capsule.Dispose();

    [TestMethod]
    public async Task IsShownWithItsLineAndACaret()
    {
        _capsule.Write("kit/capability.yml", Manifest);

        var validate = await _capsule.RunAsync("validate", "kit");

        Assert.AreEqual(1, validate.ExitCode, validate.All);
        StringAssert.Contains(validate.Error, "kit/capability.yml:16:9: error CAP02");
        StringAssert.Contains(validate.Error, "16 |       - mcp");
        StringAssert.Matches(validate.Error, new(@"\|\s+\^~~\n"));
        StringAssert.Contains(validate.Error, "hint: ");
        Assert.AreEqual("", validate.Output);
    }

    [TestMethod]
    public async Task SaysTheSameToPrograms()
    {
        var file = _capsule.Write("kit/capability.yml", Manifest);

        var validate = await _capsule.RunAsync("validate", "kit", "--json");

        var envelope = JsonNode.Parse(validate.Output)!;
        var problem = envelope["diagnostics"]!.AsArray().Single(d => (int)d!["line"]! == 16)!;
        Assert.AreEqual(1, (int)envelope["exit"]!);
        Assert.AreEqual("error", (string)problem["severity"]!);
        Assert.AreEqual(file, (string)problem["file"]!);
        Assert.AreEqual(9, (int)problem["column"]!);
        StringAssert.StartsWith((string)problem["code"]!, "CAP02");
    }

    [TestMethod]
    public async Task IsOneJsonObjectALineWhereNobodyLooks()
    {
        _capsule.Write("kit/capability.yml", Manifest);
        _capsule.Environment["CAPSULE_ERRORS"] = null;

        var validate = await _capsule.RunAsync("validate", "kit");

        foreach (var line in validate.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Assert.IsNotNull(JsonNode.Parse(line)!["code"], line);
        }
    }
}
