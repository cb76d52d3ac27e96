namespace Capsule.Cli.Launcher;

/// <summary>
/// The command line that <c>ComputeRunArguments</c> of the SDK makes: <c>run CONTAINER --project MANIFEST [--mount ID=PATH]… [--option ID=VALUE]… [--variant WORKLOAD=VARIANT]… [--mode WORD] [--allow-no-tests] --</c>,
/// then what the .NET CLI appends.
/// </summary>
internal sealed record LaunchArguments(string Container, string? Manifest, bool AllowNoTests, IReadOnlyList<string> Appended)
{
    public LaunchGiven Given { get; init; } = new();

    /// <summary>Reads it; null when it is another command line.</summary>
    public static LaunchArguments? Parse(IReadOnlyList<string> args)
    {
        var end = args is ["run", _, ..] ? args.ToList().IndexOf("--") : -1;
        if (end < 2)
        {
            return null;
        }

        string? manifest = null;
        var given = new LaunchGiven();
        var allowNoTests = false;
        for (var i = 2; i < end; i++)
        {
            switch (args[i])
            {
                case "--project" when i + 1 < end:
                    manifest = args[++i];
                    break;
                case var option when i + 1 < end && given.With(option, args[i + 1]) is { } more:
                    given = more;
                    i++;
                    break;
                case "--allow-no-tests":
                    allowNoTests = true;
                    break;
                default:
                    return null;
            }
        }

        return new LaunchArguments(args[1], manifest, allowNoTests, [.. args.Skip(end + 1)]) { Given = given };
    }
}
