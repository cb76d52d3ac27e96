using Capsule.EndToEnd.Tests.Cli;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Running;

/// <summary>source/deno and web/deno: a pinned Deno whose own permissions say what the cell allows.</summary>
[TestClass]
public sealed class DenoPrograms : IDisposable
{
    private const string Version = "1.46.3";

    private readonly CapsuleProgram _capsule = new();

    public void Dispose() => _capsule.Dispose();

    [TestMethod]
    public async Task AServerAnswersAndMayDoNoMoreThanItsCell()
    {
        await _capsule.HoldingAsync($"deno@{Version}");
        Manifest("web", "port = 4000");
        _capsule.Write("app/main.ts", """
            const attempt = async (what: () => unknown) => { try { await what(); return "done"; } catch (e) { return (e as Error).name; } };
            Deno.serve({ port: Number(Deno.env.get("PORT")) }, async () => Response.json({
              version: Deno.version.deno,
              own: await attempt(() => Deno.readTextFile("capsule.toml")),
              home: await attempt(() => Deno.writeTextFile(`${Deno.env.get("HOME")}/kept`, "x")),
              app: await attempt(() => Deno.writeTextFile("/app/new", "x")),
              modules: await attempt(() => Deno.writeTextFile("/var/cache/capsule/deno/x", "x")),
              system: await attempt(() => Deno.readTextFile("/etc/passwd")),
              program: await attempt(() => new Deno.Command("true").output()),
              elsewhere: await attempt(() => fetch("http://example.com/")),
            }));
            """);
        using var run = await RunningRun.DetachAsync(_capsule, "app");
        var said = await run.GetJsonAsync("/");
        Assert.AreEqual(
            $$"""{"version":"{{Version}}","own":"done","home":"done","app":"PermissionDenied","modules":"PermissionDenied","system":"PermissionDenied","program":"PermissionDenied","elsewhere":"PermissionDenied"}""",
            said.ToJsonString());
        await _capsule.DoAsync("stop", run.Id);
    }

    [TestMethod]
    public async Task PackagesOfTheLockAreFetchedByIntegrityAndThenThereIsNoNetwork()
    {
        await _capsule.HoldingAsync($"deno@{Version}");
        Manifest("source");
        _capsule.Write("app/main.ts", "import pad from \"npm:left-pad@1.3.0\";\nconsole.log(pad(\"padded\", 9, \".\"));\n");
        _capsule.Write("app/deno.lock", Lock("sha512-XI5MPzVNApjAyhQzphX8BkmKsKUxD4LdyK24iZeQGinBN9yTQT3bFlCBy/aVx2HrNcqQGsdot8ghrjyrvMCoEA=="));
        StringAssert.Contains(await _capsule.DoAsync("run", "app"), "...padded");

        _capsule.Write("other/main.ts", File.ReadAllText(_capsule["app", "main.ts"]));
        _capsule.Write("other/capsule.toml", File.ReadAllText(_capsule["app", "capsule.toml"]).Replace("\"fixture\"", "\"other\"", StringComparison.Ordinal));
        _capsule.Write("other/deno.lock", Lock("sha512-AAAAAAVNApjAyhQzphX8BkmKsKUxD4LdyK24iZeQGinBN9yTQT3bFlCBy/aVx2HrNcqQGsdot8ghrjyrvMCoEA=="));
        var refused = await _capsule.RefusesAsync(6, "CAP5405", "run", "other");
        StringAssert.Contains(refused.Error.ToLowerInvariant(), "integrity");

        File.Delete(_capsule["other", "deno.lock"]);
        var unlocked = await _capsule.RunAsync("run", "other");
        Assert.AreNotEqual(0, unlocked.ExitCode);
        StringAssert.Contains(unlocked.All, "left-pad");
    }

    private static string Lock(string integrity) => $$"""
        {
          "version": "3",
          "packages": {
            "specifiers": { "npm:left-pad@1.3.0": "npm:left-pad@1.3.0" },
            "npm": { "left-pad@1.3.0": { "integrity": "{{integrity}}", "dependencies": {} } }
          },
          "remote": {}
        }
        """;

    private void Manifest(string runtime, string more = "") => _capsule.Write("app/capsule.toml", $"""
        schema_version = "0.2"
        name = "fixture"
        version = "1.0.0"
        type = "app"
        default_target = "main"

        [targets.main]
        runtime = "{runtime}"
        driver = "deno"
        runtime_version = "{Version}"
        entrypoint = "main.ts"
        {more}
        """);
}
