using System.CommandLine;
using Capsule.Core.Diagnostics;
using Capsule.Runtime.Supervision;

namespace Capsule.Cli.Shell;

/// <summary>What a verb may ask about the call it serves.</summary>
internal sealed record VerbContext(ParseResult Line, Terminal Terminal, bool Json, string WorkingDirectory)
{
    public T Get<T>(Option<T> option) => Line.GetValue(option)!;

    public T Get<T>(Argument<T> argument) => Line.GetValue(argument)!;

    /// <summary>The user's state, from CAPSULE_HOME.</summary>
    public CapsuleHome Home => field ??= FindHome();

    public string FullPath(string path) => Path.GetFullPath(path, WorkingDirectory);

    /// <summary>What is said meanwhile.</summary>
    public IVoice Voice { get => field ??= new CapsuleVoice(Terminal, Json); init; }

    /// <summary>Whether what holds each sandbox is to be written down.</summary>
    public bool TellPolicy { get; init; }

    /// <summary>A line of talk; silent with --json.</summary>
    public void Say(string line) => Voice.Say(line);

    private static CapsuleHome FindHome()
    {
        var home = CapsuleHome.Find();
        return home.Value ?? throw new RefusedException(home.Diagnostics[0]);
    }
}
