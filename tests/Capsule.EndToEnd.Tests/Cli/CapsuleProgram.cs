using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Cli;

/// <summary>Runs the built <c>capsule</c> as a user would, with a CAPSULE_HOME of its own.</summary>
internal sealed class CapsuleProgram : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public CapsuleProgram()
    {
        Directory.CreateDirectory(Home);
        if (System.Environment.IsPrivilegedProcess)
        {
            File.WriteAllText(Path.Combine(Home, "config.toml"), "[sandbox]\nuid_range = \"210000-210999\"\n");
        }
    }

    public static string Program => Path.Combine(AppContext.BaseDirectory, "capsule.dll");

    public string Folder => _folder.Path;

    public string Home => _folder["home"];

    public Dictionary<string, string?> Environment { get; } = [];

    public string this[params string[] parts] => _folder[parts];

    public string Write(string relative, string content) => _folder.Write(relative, content);

    /// <summary>Runs with text errors, as on a terminal, in the program's folder.</summary>
    public Task<Command> RunAsync(params string[] arguments) => RunAsync(TimeSpan.FromMinutes(2), arguments);

    public Task<Command> RunAsync(TimeSpan timeout, params string[] arguments) =>
        Command.RunAsync("dotnet", [Program, .. arguments], Folder, Variables(), timeout);

    public Dictionary<string, string?> Variables() => new(Environment)
    {
        ["CAPSULE_HOME"] = Home,
        ["CAPSULE_ERRORS"] = Environment.GetValueOrDefault("CAPSULE_ERRORS", "text"),
        ["NO_COLOR"] = "1",
    };

    public void Dispose() => _folder.Dispose();
}
