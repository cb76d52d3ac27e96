using System.CommandLine;
using Capsule.Cli.Atoms;
using Capsule.Cli.Commands;
using Capsule.Cli.Commands.Mcp;
using Capsule.Cli.Shell;

namespace Capsule.Cli;

/// <summary>The one command line of <c>capsule</c> (design.md 9).</summary>
internal static class CommandLine
{
    /// <summary>In the order of --help.</summary>
    private static readonly OrderedDictionary<string, Func<Command>> Verbs = new(StringComparer.Ordinal)
    {
        ["new"] = NewCommand.Make,
        ["init"] = InitCommand.Make,
        ["validate"] = ValidateCommand.Make,
        ["plan"] = PlanCommand.Make,
        ["tree"] = TreeCommand.Make,
        ["lock"] = LockCommand.Make,
        ["pack"] = PackCommand.Make,
        ["sign"] = SignCommand.Make,
        ["verify"] = VerifyCommand.Make,
        ["publish"] = PublishCommand.Make,
        ["install"] = InstallCommand.Make,
        ["list"] = ListCommand.Make,
        ["run"] = RunCommand.Make,
        ["exec"] = ExecCommand.Make,
        ["test"] = TestCommand.Make,
        ["mcp"] = McpCommand.Make,
        ["ps"] = PsCommand.Make,
        ["logs"] = LogsCommand.Make,
        ["stop"] = StopCommand.Make,
        ["doctor"] = DoctorCommand.Make,
        ["store"] = StoreCommand.Make,
        ["key"] = KeyCommand.Make,
        ["kit"] = KitCommand.Make,
        ["registry"] = RegistryCommand.Make,
        ["atom"] = AtomCommand.Make,
        ["trust"] = TrustCommand.Make,
        ["shims"] = ShimsCommand.Make,
        ["explain"] = ExplainCommand.Make,
        ["schema"] = SchemaCommand.Make,
    };

    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            return await InvokeAsync(args);
        }
        catch (Exception bug) when (Environment.GetEnvironmentVariable("CAPSULE_DEBUG") is null)
        {
            var problem = CommandDiagnostics.Unexpected.Now($"{bug.GetType().Name}: {bug.Message}");
            DiagnosticPrinter.Print(Terminal.OfProcess(), [problem]);
            return (int)problem.Kind.Exit;
        }
    }

    private static async Task<int> InvokeAsync(string[] args)
    {
        var line = Build(args.FirstOrDefault()).Parse(args);
        if (line.Errors.Count > 0)
        {
            var problem = CommandDiagnostics.Usage.Now(line.Errors[0].Message, Verb.FullName(line));
            DiagnosticPrinter.Print(Terminal.OfProcess(), [problem]);
            return (int)problem.Kind.Exit;
        }

        // A list of verbs is read for the verbs: each one's example waits for its own --help.
        foreach (var verb in line.CommandResult.Command.Subcommands)
        {
            verb.Description = verb.Description?.Split("\n\n")[0];
        }

        using var interruption = new Interruption();

        // The library's own handler would end the process after two seconds, before workloads are stopped.
        var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        return await line.InvokeAsync(invocation, interruption.Token);
    }

    /// <summary>Knows all verbs, or only the one that is called: the others' options take longer to make than many a verb to run.</summary>
    private static RootCommand Build(string? called)
    {
        var root = new RootCommand("Builds, checks, shares and runs app packages, each in a sandbox.\n\nExample: capsule run ./my-kit");
        IEnumerable<Func<Command>> needed = called is not null && Verbs.TryGetValue(called, out var one) ? [one] : Verbs.Values;
        foreach (var make in needed)
        {
            root.Add(make());
        }

        return root;
    }
}
