using Capsule.EndToEnd.Tests.Running;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Cli;

/// <summary>Runs the built <c>capsule</c> as a user would, with a CAPSULE_HOME of its own.</summary>
internal sealed class CapsuleProgram : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public CapsuleProgram()
    {
        Directory.CreateDirectory(Home);
        Directory.CreateDirectory(Temporary);
        if (System.Environment.IsPrivilegedProcess)
        {
            File.WriteAllText(Path.Combine(Home, "config.toml"), "[sandbox]\nuid_range = \"210000-210999\"\n");
        }
    }

    public static string Program => Path.Combine(AppContext.BaseDirectory, "capsule.dll");

    public string Folder => _folder.Path;

    public string Home => _folder["home"];

    /// <summary>Its TMPDIR: what it leaves there is its own, whatever runs beside it.</summary>
    public string Temporary => _folder["tmp"];

    public Dictionary<string, string?> Environment { get; } = [];

    /// <summary>A command that runs the program in surroundings of the test's: nsenter and its options.</summary>
    public IReadOnlyList<string> Through { get; set; } = [];

    public string this[params string[] parts] => _folder[parts];

    public string Write(string relative, string content) => _folder.Write(relative, content);

    /// <summary>Puts toolchains into the home that an earlier test has fetched, so that each is fetched once.</summary>
    public async Task<CapsuleProgram> HoldingAsync(params string[] tools)
    {
        await SharedToolchains.GiveAsync(Home, tools);
        return this;
    }

    /// <summary>Runs with text errors, as on a terminal, in the program's folder.</summary>
    public Task<Command> RunAsync(params string[] arguments) => RunAsync(TimeSpan.FromMinutes(2), arguments);

    public Task<Command> RunAsync(TimeSpan timeout, params string[] arguments) =>
        Command.RunAsync("env", [.. Listening, Program, .. arguments], Folder, Variables(), timeout);

    /// <summary>Runs as one of the programs that it can be called as.</summary>
    public Task<Command> CalledAsync(string name, params string[] arguments) =>
        Command.RunAsync("env", [.. Listening, Program, .. arguments], Folder, new Dictionary<string, string?>(Variables()) { ["CAPSULE_CALLED_AS"] = name }, TimeSpan.FromMinutes(2));

    /// <summary>Runs and expects success; the answer's standard output.</summary>
    public async Task<string> DoAsync(params string[] arguments)
    {
        var run = await RunAsync(arguments);
        Assert.AreEqual(0, run.ExitCode, $"capsule {string.Join(' ', arguments)}\n{run.All}");
        return run.Output.TrimEnd('\n');
    }

    /// <summary>Runs and expects one coded refusal, without a stack trace.</summary>
    public async Task<Command> RefusesAsync(int exit, string code, params string[] arguments)
    {
        var run = await RunAsync(arguments);
        run.Refused(exit, code);
        return run;
    }

    /// <summary>Runs under a pseudo terminal that util-linux makes; its output is everything that the terminal showed.</summary>
    /// <param name="typed">What a person types when asked.</param>
    /// <param name="arguments">The call.</param>
    public Task<Command> AtATerminalAsync(string typed, params string[] arguments)
    {
        var line = string.Join(' ', new[] { "dotnet", Program }.Concat(arguments).Select(a => $"'{a}'"));
        return Command.RunAsync("sh", ["-c", "{ sleep 3; printf \"$0\"; sleep 3; } | script -qec \"$1\" /dev/null", typed.Replace("\n", "\\n", StringComparison.Ordinal), line], Folder, Variables());
    }

    /// <summary>Runs shell commands under a pseudo terminal, in which <c>$capsule</c> is the program; its output is everything that the terminal showed.</summary>
    /// <param name="commands">For sh.</param>
    /// <param name="dialogue">What a person waits to see, and types then, in the form of printf.</param>
    public Task<Command> TypedAsync(string commands, params (string Seen, string Typed)[] dialogue)
    {
        var person = string.Concat(dialogue.Select(d => $"until grep -q '{d.Seen}' terminal 2>/dev/null; do sleep 0.05; done; printf '{d.Typed}'; "));
        var variables = new Dictionary<string, string?>(Variables()) { ["capsule"] = $"{Host()} {Program}", ["COMMANDS"] = commands };
        return Command.RunAsync("env", ["--default-signal=INT", "sh", "-c", $"{{ {person}}} | script -qefc 'sh -c \"$COMMANDS\"' terminal"], Folder, variables);
    }

    /// <summary>Starts it and does not wait.</summary>
    public LiveProgram Start(params string[] arguments) => new("env", [.. Listening, Program, .. arguments], Folder, Variables());

    public Dictionary<string, string?> Variables() => new(Environment)
    {
        ["CAPSULE_HOME"] = Home,
        ["TMPDIR"] = Temporary,
        ["CAPSULE_ERRORS"] = Environment.GetValueOrDefault("CAPSULE_ERRORS", "text"),
        ["NO_COLOR"] = "1",
    };

    private static string Host() => System.Environment.GetEnvironmentVariable("PATH")!.Split(':')
        .Select(folder => System.IO.Path.Combine(folder, "dotnet")).First(File.Exists);

    // A test run in the background inherits an ignored Ctrl-C, and the program would keep ignoring it.
    // The host by its full path, because tests change PATH.
    private string[] Listening => ["--default-signal=INT", .. Through, Host()];

    public void Dispose()
    {
        HostProcesses.KillThoseWith($"CAPSULE_HOME={Home}");
        SharedToolchains.MakeRemovable(Home);
        _folder.Dispose();
    }
}
