using System.Text.Encodings.Web;
using System.Text.Json;
using Capsule.EndToEnd.Tests.Running;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Sdk;

/// <summary>The sample Kit under <c>dotnet test</c>, in one of its modes.</summary>
internal sealed class TestedKit : IDisposable
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private TestedKit(Scenario kit, bool platform)
    {
        Kit = kit;
        if (!platform)
        {
            File.Delete(Path.Combine(Path.GetDirectoryName(kit.Folder)!, "global.json"));
        }
    }

    public Scenario Kit { get; }

    public string TestFile => Kit["capability-test.yml"];

    public static async Task<TestedKit> InVsTestModeAsync() => new(await Scenario.KitAsync(), platform: false);

    public static async Task<TestedKit> OnThePlatformAsync() => new(await Scenario.KitAsync(), platform: true);

    public void Dispose() => Kit.Dispose();

    /// <summary><c>dotnet test</c>, with toolchains.</summary>
    public Task<BuildRun> Test(params string[] arguments) => Kit.Dotnet([("CAPSULE_HOME", Home.WithToolchains())], ["test", .. arguments]);

    /// <summary>The same with a variable in the user's environment.</summary>
    public Task<BuildRun> TestWith((string Name, string? Value) variable, params string[] arguments) =>
        Kit.Dotnet([("CAPSULE_HOME", Home.WithToolchains()), variable], ["test", .. arguments]);

    /// <summary>The same without a build: cases are read from the project, so this sees what was edited.</summary>
    public Task<BuildRun> TestAgain(params string[] arguments) => Test(["--no-build", .. arguments]);

    /// <summary>Starts it at the head of a process group of its own, as a shell would.</summary>
    public LiveProgram Start(params string[] arguments) => new(
        "env", ["--default-signal=INT", "setsid", "dotnet", "test", "--no-build", .. arguments], Kit.Folder, Kit.Environment(("CAPSULE_HOME", Home.WithToolchains())));

    /// <summary>Replaces the cases by one, a command of the workload that takes no preparation.</summary>
    public void OnlyCase(string command)
    {
        LeavePreparationOut();
        Kit.Write("capability-test.yml", Case("only", command));
    }

    /// <summary>A second Kit below the first, whose only case fails, and a solution of both: <c>All.slnx</c>.</summary>
    public void AddSolution()
    {
        LeavePreparationOut();
        Kit.Write("more/capability.yml", File.ReadAllText(Kit["capability.yml"]));
        Kit.Write("more/capability-test.yml", Case("fails-always", "exit 1"));
        Kit.Write("more/workloads/hello/package.json", "{}");
        Kit.Write("more/More.capproj", File.ReadAllText(Kit["HelloKit.capproj"]));
        Kit.Write("All.slnx", """<Solution><Project Path="HelloKit.capproj" Type="Common C#" /><Project Path="more/More.capproj" Type="Common C#" /></Solution>""");
    }

    /// <summary>The line, from 1, of a text in the test file.</summary>
    public int Line(string text) => Array.FindIndex(File.ReadAllLines(TestFile), l => l.Contains(text, StringComparison.Ordinal)) + 1;

    private static string Case(string id, string command) =>
        $$"""{ id: {{id}}, kind: exec, target: { workload: hello }, request: { command: {{JsonSerializer.Serialize(command, Plain)}} } }""";

    private void LeavePreparationOut()
    {
        const string Preparation = "        prepare:\n          command: bun install --frozen-lockfile\n";
        if (File.ReadAllText(Kit["capability.yml"]).Contains("prepare:", StringComparison.Ordinal))
        {
            Kit.Edit("capability.yml", Preparation, "");
        }
    }
}
