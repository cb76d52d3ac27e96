namespace Capsule.Cli.Launcher;

/// <summary>
/// The command line that <c>ComputeRunArguments</c> of the SDK makes: <c>run CONTAINER --project MANIFEST [--mount ID=PATH]… [--allow-no-tests] --</c>,
/// then what the .NET CLI appends.
/// </summary>
internal sealed record LaunchArguments(string Container, string? Manifest, bool AllowNoTests, IReadOnlyList<string> Appended)
{
    /// <summary>Folders of the user's, each ID=PATH.</summary>
    public IReadOnlyList<string> Mounts { get; init; } = [];

    /// <summary>Reads it; null when it is another command line.</summary>
    public static LaunchArguments? Parse(IReadOnlyList<string> args)
    {
        var end = args is ["run", _, ..] ? args.ToList().IndexOf("--") : -1;
        if (end < 2)
        {
            return null;
        }

        string? manifest = null;
        var mounts = new List<string>();
        var allowNoTests = false;
        for (var i = 2; i < end; i++)
        {
            switch (args[i])
            {
                case "--project" when i + 1 < end:
                    manifest = args[++i];
                    break;
                case "--mount" when i + 1 < end:
                    mounts.Add(args[++i]);
                    break;
                case "--allow-no-tests":
                    allowNoTests = true;
                    break;
                default:
                    return null;
            }
        }

        return new LaunchArguments(args[1], manifest, allowNoTests, [.. args.Skip(end + 1)]) { Mounts = mounts };
    }
}
