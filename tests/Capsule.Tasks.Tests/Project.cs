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

    public string this[params string[] parts] => _folder[parts];

    public void Dispose() => _folder.Dispose();

    /// <summary>Runs a task with its own environment, its own project folder, and a fresh engine.</summary>
    public bool Run(CapsuleTask task, params (string Name, string Value)[] environment)
    {
        Engine = new FakeBuildEngine();
        task.BuildEngine = Engine;
        task.SdkRoot = "/sdk/";
        task.TaskEnvironment = TaskEnvironment.CreateWithProjectDirectoryAndEnvironment(_folder.Path, environment.ToDictionary(e => e.Name, e => e.Value));
        return task.Execute();
    }

    public ValidatePackage Validate() => new() { Manifest = "capsule.toml", Project = "Hello.capproj", DiagnosticsFile = "obj/diagnostics.json", Stamp = "obj/validated" };

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
