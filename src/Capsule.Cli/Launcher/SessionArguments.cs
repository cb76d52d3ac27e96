namespace Capsule.Cli.Launcher;

/// <summary>
/// The command line by which the SDK's <c>VSTest</c> target starts the cases of a project: <c>test-session MANIFEST
/// --results FOLDER [--name TEXT] [--filter EXPRESSION] [--logger TEXT]… [--verbosity WORD] [--mount ID=PATH]… [--option ID=VALUE]…
/// [--variant WORKLOAD=VARIANT]… [--mode WORD] [--list]
/// [--allow-no-tests]</c>.
/// </summary>
internal sealed record SessionArguments(string Manifest)
{
    private const string Verb = "test-session";

    /// <summary>Where reports go; absolute.</summary>
    public required string Results { get; init; }

    /// <summary>What is tested, for the line with the sum.</summary>
    public string Name { get; init; } = "";

    public string? Filter { get; init; }

    public IReadOnlyList<string> Loggers { get; init; } = [];

    public string? Verbosity { get; init; }

    public LaunchGiven Given { get; init; } = new();

    /// <summary>True to list the cases and run none.</summary>
    public bool List { get; init; }

    /// <summary>True when a run of no case is a success.</summary>
    public bool AllowNoTests { get; init; }

    /// <summary>Reads it; null when it is another command line.</summary>
    public static SessionArguments? Parse(IReadOnlyList<string> args)
    {
        if (args.Count < 2 || args[0] != Verb)
        {
            return null;
        }

        var read = new SessionArguments(args[1]) { Results = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(args[1]))!, "TestResults") };
        for (var i = 2; i < args.Count; i++)
        {
            var value = i + 1 < args.Count ? args[i + 1] : null;
            switch (args[i])
            {
                case "--list":
                    read = read with { List = true };
                    continue;
                case "--allow-no-tests":
                    read = read with { AllowNoTests = true };
                    continue;
                case "--results" when value is not null:
                    read = read with { Results = Path.GetFullPath(value) };
                    break;
                case "--name" when value is not null:
                    read = read with { Name = value };
                    break;
                case "--filter" when value is not null:
                    read = read with { Filter = value };
                    break;
                case "--logger" when value is not null:
                    read = read with { Loggers = [.. read.Loggers, value] };
                    break;
                case var option when value is not null && read.Given.With(option, value) is { } more:
                    read = read with { Given = more };
                    break;
                case "--verbosity" when value is not null:
                    read = read with { Verbosity = value };
                    break;
                default:
                    return null;
            }

            i++;
        }

        return read;
    }
}
