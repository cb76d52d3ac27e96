using System.IO.Compression;
using System.Security.Cryptography;
using Capsule.EndToEnd.Tests.Cli;

namespace Capsule.EndToEnd.Tests.Running;

/// <summary>source/python: the machine's interpreter, and packages that a lock names.</summary>
[TestClass]
public sealed class PythonPrograms : IDisposable
{
    private readonly CapsuleProgram _capsule = new();

    public void Dispose() => _capsule.Dispose();

    [TestMethod]
    public async Task AServerAnswersWithTheMachinesInterpreter()
    {
        Manifest("3", "port = 4000");
        _capsule.Write("app/main.py", """
            import http.server, os, sys
            class Answer(http.server.BaseHTTPRequestHandler):
                def do_GET(self):
                    text = f"{sys.executable} {os.environ['PORT']}".encode()
                    self.send_response(200); self.send_header("Content-Length", str(len(text))); self.end_headers(); self.wfile.write(text)
            print("about to serve")
            http.server.HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Answer).serve_forever()
            """);
        using var run = await RunningRun.DetachAsync(_capsule, "app");
        Assert.AreEqual("/opt/capsule/tc/python/bin/python3 4000", await run.GetAsync("/"));
        StringAssert.Contains(await _capsule.DoAsync("logs", run.Id), "about to serve");
        StringAssert.Contains(await _capsule.DoAsync("ps", "--json"), "python 3.");
        await _capsule.DoAsync("stop", run.Id);
    }

    [TestMethod]
    public async Task LockedPackagesAreInstalledOnceAndOnlyWithTheRightHash()
    {
        Manifest("3");
        _capsule.Write("app/main.py", "import greeting, os, sys\nprint(greeting.text, sys.prefix != sys.base_prefix, os.popen('python -c \"import greeting; print(greeting.text)\"').read())");
        var hash = Wheel(_capsule["app", "wheels", "greeting-1.0-py3-none-any.whl"]);
        _capsule.Write("app/requirements.txt", $"--no-index\n--find-links wheels\ngreeting==1.0 --hash=sha256:{hash}\n");
        StringAssert.Contains(await _capsule.DoAsync("run", "app"), "from a wheel True from a wheel");
        var again = await _capsule.RunAsync("run", "app");
        Assert.IsFalse(again.All.Contains("Successfully installed", StringComparison.Ordinal), again.All);

        _capsule.Write("app/uv.lock", $$"""
            version = 1
            [[package]]
            name = "fixture"
            source = { virtual = "." }
            dependencies = [
              { name = "greeting" },
              { name = "elsewhere", marker = "sys_platform == 'win32'" },
            ]
            [[package]]
            name = "greeting"
            version = "1.0"
            source = { path = "wheels/greeting-1.0-py3-none-any.whl" }
            wheels = [{ filename = "greeting-1.0-py3-none-any.whl", hash = "sha256:{{hash}}" }]
            [[package]]
            name = "elsewhere"
            version = "1.0"
            source = { path = "wheels/greeting-1.0-py3-none-any.whl" }
            wheels = [{ filename = "greeting-1.0-py3-none-any.whl", hash = "sha256:{{new string('0', 64)}}" }]
            """);
        StringAssert.Contains(await _capsule.DoAsync("run", "app"), "from a wheel True from a wheel");

        File.Delete(_capsule["app", "uv.lock"]);
        _capsule.Write("app/requirements.txt", $"--no-index\n--find-links wheels\ngreeting==1.0 --hash=sha256:{new string('0', 64)}\n");
        var refused = await _capsule.RefusesAsync(6, "CAP5405", "run", "app");
        StringAssert.Contains(refused.Error, "DO NOT MATCH THE HASHES");
    }

    [TestMethod]
    public async Task AnotherVersionThanTheMachinesIsRefusedWithWhatThereIs()
    {
        Manifest("2.7");
        _capsule.Write("app/main.py", "print(1)");
        var refused = await _capsule.RefusesAsync(4, "CAP5212", "run", "app");
        StringAssert.Contains(refused.Error, "Installed: 3.");
    }

    private static string Wheel(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using (var wheel = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            Add(wheel, "greeting.py", "text = 'from a wheel'\n");
            Add(wheel, "greeting-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: greeting\nVersion: 1.0\n");
            Add(wheel, "greeting-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
            Add(wheel, "greeting-1.0.dist-info/RECORD", "");
        }

        return Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
    }

    private static void Add(ZipArchive archive, string name, string text)
    {
        using var writer = new StreamWriter(archive.CreateEntry(name).Open());
        writer.Write(text);
    }

    private void Manifest(string version, string more = "") => _capsule.Write("app/capsule.toml", $"""
        schema_version = "0.2"
        name = "fixture"
        version = "1.0.0"
        type = "app"
        default_target = "main"

        [targets.main]
        runtime = "source"
        driver = "python"
        runtime_version = "{version}"
        entrypoint = "main.py"
        {more}
        """);
}
