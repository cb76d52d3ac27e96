using Capsule.Core.Diagnostics;
using Capsule.Trust.Keys;

namespace Capsule.Cli.Shell;

/// <summary>
/// Where a command line says that a secret comes from: <c>-</c> for the standard input, <c>env:NAME</c> or <c>file:PATH</c>. A value is never
/// an argument, and what looks like one is never repeated in a message.
/// </summary>
internal static class SecretInput
{
    private const string Variable = "env:";
    private const string File = "file:";

    public const string StandardInput = "-";

    /// <summary>Reads it (CAP3203, CAP3207, CAP3208, CAP5713, CAP5716). The caller disposes the value.</summary>
    public static Result<Secret> Read(VerbContext context, string source, string id, CancellationToken cancel)
    {
        var what = $"the secret '{id}'";
        return source == StandardInput ? HiddenInput.ReadAll(context.Terminal, $"Value of {what}", cancel) is { } typed ? typed : SecretInputDiagnostics.Nothing.Now(id)
            : Rest(source, Variable) is { Length: > 0 } name ? SecretReference.Environment(name).Read(what)
            : Rest(source, File) is { Length: > 0 } path ? SecretReference.InFile(context.FullPath(path)).Read(what)
            : SecretInputDiagnostics.BadSource.Now(id);
    }

    private static string? Rest(string text, string start) => text.StartsWith(start, StringComparison.Ordinal) ? text[start.Length..] : null;
}
