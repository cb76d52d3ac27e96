using System.CommandLine;
using Capsule.Core.Diagnostics;
using Capsule.Runtime.Supervision;
using Capsule.Trust.Keys;

namespace Capsule.Cli.Shell;

/// <summary>What a verb may ask about the call it serves.</summary>
internal sealed record VerbContext(ParseResult Line, Terminal Terminal, bool Json, string WorkingDirectory)
{
    public T Get<T>(Option<T> option) => Line.GetValue(option)!;

    public T Get<T>(Argument<T> argument) => Line.GetValue(argument)!;

    /// <summary>The user's state, from CAPSULE_HOME.</summary>
    public CapsuleHome Home => field ??= FindHome();

    public string FullPath(string path) => Path.GetFullPath(path, WorkingDirectory);

    /// <summary>Which secret the two passphrase options name; null when neither was given.</summary>
    public SecretReference? Passphrase(Option<string?> variable, Option<string?> file) => Passphrase(Line, WorkingDirectory, variable, file);

    /// <inheritdoc cref="Passphrase(Option{string}, Option{string})"/>
    public static SecretReference? Passphrase(ParseResult line, string workingDirectory, Option<string?> variable, Option<string?> file) =>
        (line.GetValue(variable), line.GetValue(file)) switch
        {
            ({ } name, _) => SecretReference.Environment(name),
            (_, { } path) => SecretReference.InFile(Path.GetFullPath(path, workingDirectory)),
            _ => null,
        };

    /// <summary>A line of talk; silent with --json.</summary>
    public void Say(string line)
    {
        if (!Json)
        {
            Terminal.Error.WriteLine(line);
        }
    }

    private static CapsuleHome FindHome()
    {
        var home = CapsuleHome.Find();
        return home.Value ?? throw new RefusedException(home.Diagnostics[0]);
    }
}
