using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Capsule.Cli.Shell;
using Capsule.Core.Plans;

namespace Capsule.Cli.Commands;

/// <summary>What <c>run</c> takes.</summary>
internal sealed class RunOptions
{
    public Argument<string> Package { get; init; } = CommonOptions.Package();

    public Argument<string[]> Arguments { get; } = new("ARGUMENTS") { Description = "Behind --: arguments for the package's program.", Arity = ArgumentArity.ZeroOrMore };

    public SelectionOptions Selection { get; } = new();

    public Option<bool> Detach { get; } = new("--detach", "-d") { Description = "Return once it is ready; print the run's id and address." };

    public Option<int?> Port { get; } = new("--port", "-p")
    {
        Description = "The public port on 127.0.0.1; 0 lets the system choose.",
        HelpName = "PORT",
        CustomParser = ReadPort,
    };

    public EnvOptions Env { get; } = new();

    public Option<RestartPlan?> Restart { get; } = new("--restart")
    {
        Description = "Start a service again that has ended: never (the default), on-failure or always; with :N at most N times in a row (on-failure: 5).",
        HelpName = "WHEN[:N]",
        CustomParser = ReadRestart,
    };

    public Option<bool> OnCall { get; } = new("--lazy") { Description = "Start each workload that answers calls at the first call to it." };

    public Option<bool> Watch { get; } = new("--watch", "-w") { Description = "Start a project again when its files change, until Ctrl-C." };

    public Option<int?> Health { get; } = LaunchOptions.Seconds("--health", "Look after every service that was ready, every so many seconds: three times without an answer end it, and --restart applies.", 3600);

    public LaunchOptions Launch { get; } = new();

    public ModeOption Mode { get; } = new("source");

    public GrantOptions Grants { get; } = new();

    public SecretOptions Secrets { get; } = new();

    public ConsentOptions Consent { get; } = new();

    public SkillOptions Skill { get; } = new();

    public Option<bool> Locked { get; } = new("--locked") { Description = "Refuse to run without an up-to-date capproj.lock." };

    /// <summary>The SDK starts the launcher with the built file and its project; the project is what runs.</summary>
    public Option<string?> Project { get; } = new("--project") { Description = "The manifest of the project that PACKAGE was built from.", HelpName = "MANIFEST", Hidden = true };

    public Option<bool> AllowNoTests { get; } = new("--allow-no-tests") { Hidden = true };

    public IReadOnlyList<Symbol> Symbols => [Package, Arguments, .. Selection.Symbols, Detach, Port, .. Env.Symbols, .. Grants.Symbols, .. Secrets.Symbols, Restart, Health, OnCall, Watch, Locked, .. Launch.Symbols, Mode.Symbol, .. Consent.Symbols, .. Skill.Symbols, Project, AllowNoTests];

    private static int? ReadPort(ArgumentResult result)
    {
        if (ushort.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            return port;
        }

        result.AddError($"'{result.Tokens[0].Value}' is not a port: write a number from 0 to 65535.");
        return null;
    }

    private static RestartPlan? ReadRestart(ArgumentResult result)
    {
        const int Usual = 5, Most = 1_000_000;
        var text = result.Tokens[0].Value;
        var parts = text.Split(':');
        RestartCondition? when = parts[0] switch
        {
            "never" => RestartCondition.Never,
            "on-failure" => RestartCondition.OnFailure,
            "always" => RestartCondition.Always,
            _ => null,
        };
        int? attempts = when is RestartCondition.OnFailure ? Usual : null;
        if (parts.Length == 2 && when is not RestartCondition.Never)
        {
            attempts = int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= Most ? number : 0;
        }

        if (when is { } known && attempts != 0 && parts.Length <= (known is RestartCondition.Never ? 1 : 2))
        {
            return new RestartPlan { When = known, Attempts = attempts };
        }

        result.AddError($"'{text}' is no rule for restarts: write never, on-failure, on-failure:3, always or always:3.");
        return null;
    }
}
