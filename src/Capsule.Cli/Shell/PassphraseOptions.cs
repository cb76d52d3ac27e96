using System.CommandLine;
using Capsule.Core.Diagnostics;
using Capsule.Trust.Keys;

namespace Capsule.Cli.Shell;

/// <summary>Where a passphrase is: the options that name a variable, a file or a descriptor; without one, a person at a terminal.</summary>
/// <param name="prefix">Before the word passphrase: <c>new-</c> for a second one of the same call.</param>
/// <param name="of">Whose it is, as the end of a sentence.</param>
internal sealed class PassphraseOptions(string prefix = "", string of = "the key's passphrase")
{
    private readonly Option<string?> _variable = new($"--{prefix}passphrase-variable") { Description = $"The name of the environment variable that holds {of}.", HelpName = "NAME" };
    private readonly Option<string?> _file = new($"--{prefix}passphrase-file") { Description = $"A file whose first line is {of}.", HelpName = "FILE" };
    private readonly Option<int?> _descriptor = new($"--{prefix}passphrase-fd") { Description = $"A file descriptor whose next line is {of}, for example 3 after 3<FILE. Without any of these you are asked, at a terminal.", HelpName = "NUMBER" };

    public IReadOnlyList<Symbol> Symbols => [_variable, _file, _descriptor];

    /// <summary>What the options name; null when none was given. Several are refused: <see cref="RefusedException"/> (CAP9100).</summary>
    public SecretReference? Named(ParseResult line, string workingDirectory) => (line.GetValue(_variable), line.GetValue(_file), line.GetValue(_descriptor)) switch
    {
        (null, null, null) => null,
        ({ } name, null, null) => SecretReference.Environment(name),
        (null, { } path, null) => SecretReference.InFile(Path.GetFullPath(path, workingDirectory)),
        (null, null, { } number) => SecretReference.InDescriptor(number),
        _ => throw new RefusedException(CommandDiagnostics.Usage.Now($"{_variable.Name}, {_file.Name} and {_descriptor.Name} name one passphrase; give one of them.", Verb.FullName(line))),
    };

    /// <summary>What the options name, else who can be asked; null when nobody can.</summary>
    public SecretReference? Of(VerbContext context, CancellationToken cancel) =>
        Named(context.Line, context.WorkingDirectory) ?? PassphrasePrompt.At(context.Terminal, context.Json, cancel);

    /// <summary>Reads it at once (CAP9104 when there is none to read). The caller disposes it.</summary>
    public Result<Secret> Read(VerbContext context, string what, bool isNew, CancellationToken cancel) =>
        Of(context, cancel)?.Read(what, isNew) ?? CommandDiagnostics.PassphraseNeeded.Now();
}
