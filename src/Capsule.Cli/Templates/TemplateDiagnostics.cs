using Capsule.Core.Diagnostics;

namespace Capsule.Cli.Templates;

/// <summary>What <c>capsule new</c> and <c>capsule init</c> refuse (CAP9130 to CAP9139).</summary>
internal static class TemplateDiagnostics
{
    public static readonly DiagnosticKind BadName = new("CAP9130", Severity.Error,
        "'{0}' cannot be the name of a project: {1}.", "Choose a name that can be a file's, for example my-kit; say where with --output.");

    public static readonly DiagnosticKind FilesExist = new("CAP9131", Severity.Error,
        "These files exist already: {0}.", "Choose another folder with --output, or replace them with --force.")
    { Exit = ExitCode.Conflict };

    public static readonly DiagnosticKind BadPublisher = new("CAP9132", Severity.Error,
        "'{0}' cannot be the name of a publisher.", "Use lower-case letters, digits and dashes, for example acme-corp.");
}
