using Capsule.Build.Tasks;
using Capsule.Tests;
using Microsoft.Build.Framework;

namespace Capsule.Tasks.Tests;

/// <summary>A project folder for one test, and tasks that run in it as MSBuild would run them.</summary>
internal sealed class Project : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public Project(string manifest = Manifest)
    {
        _folder.Write("capsule.toml", manifest);
        _folder.Write("site/index.html", "<!doctype html><title>Hello</title>\n");
    }

    public const string Manifest = """
        schema_version = "0.2"
        name = "hello"
        version = "1.0.0"
        type = "app"
        default_target = "static"

        [targets.static]
        runtime = "web"
        driver = "static"
        entrypoint = "site"
        port = 8080

        """;

    public FakeBuildEngine Engine { get; private set; } = new();

    /// <summary>Set before a run: what happens at every warning of it.</summary>
    public Action? Warned { get; set; }

    public string this[params string[] parts] => _folder[parts];

    public void Dispose() => _folder.Dispose();

    /// <summary>Runs a task with its own environment, its own project folder, and a fresh engine.</summary>
    public bool Run(CapsuleTask task, params (string Name, string Value)[] environment)
    {
        Engine = new FakeBuildEngine { Warned = Warned };
        task.BuildEngine = Engine;
        task.SdkRoot = "/sdk/";
        task.Project = _folder["Hello.capproj"];
        task.TaskEnvironment = TaskEnvironment.CreateWithProjectDirectoryAndEnvironment(_folder.Path, environment.ToDictionary(e => e.Name, e => e.Value));
        return task.Execute();
    }

    public ValidatePackage Validate() => new() { Manifest = "capsule.toml", DiagnosticsFile = "obj/diagnostics.json", Stamp = "obj/validated" };

    public CheckLock CheckLock(bool locked = false) => new()
    {
        Manifest = "capsule.toml",
        LockFile = "capproj.lock",
        Locked = locked,
        SdkVersion = "1.0.0",
        DiagnosticsFile = "obj/lock.json",
        Stamp = "obj/locked",
    };

    public AssemblePackage Assemble(string? publisher = "acme") => new()
    {
        Manifest = "capsule.toml",
        Publisher = publisher,
        Container = "obj/hello.capsule",
        MoreInputs = "obj/inputs.list",
        IdentityFile = "obj/identity",
        LockFile = "capproj.lock",
        SdkVersion = "1.0.0",
    };
}
