using System.CommandLine;
using Capsule.Cli.Commands;
using Capsule.Cli.Shell;

namespace Capsule.Cli;

/// <summary>The one command line of <c>capsule</c> (design.md 9).</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        var line = Build().Parse(args);
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
        try
        {
            // The library's own handler would end the process after two seconds, before workloads are stopped.
            var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await line.InvokeAsync(invocation, interruption.Token);
        }
        catch (Exception bug) when (Environment.GetEnvironmentVariable("CAPSULE_DEBUG") is null)
        {
            var problem = CommandDiagnostics.Unexpected.Now($"{bug.GetType().Name}: {bug.Message}");
            DiagnosticPrinter.Print(Terminal.OfProcess(), [problem]);
            return (int)problem.Kind.Exit;
        }
    }

    private static RootCommand Build()
    {
        var root = new RootCommand("Builds, checks, shares and runs app packages, each in a sandbox.\n\nExample: capsule run ./my-kit")
        {
            ValidateCommand.Make(),
            PlanCommand.Make(),
            TreeCommand.Make(),
            LockCommand.Make(),
            PackCommand.Make(),
            SignCommand.Make(),
            VerifyCommand.Make(),
            PublishCommand.Make(),
            InstallCommand.Make(),
            ListCommand.Make(),
            RunCommand.Make(),
            TestCommand.Make(),
            PsCommand.Make(),
            LogsCommand.Make(),
            StopCommand.Make(),
            DoctorCommand.Make(),
            KeyCommand.Make(),
            TrustCommand.Make(),
            ExplainCommand.Make(),
            SchemaCommand.Make(),
        };
        return root;
    }
}
