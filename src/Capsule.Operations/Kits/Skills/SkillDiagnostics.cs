using Capsule.Core.Diagnostics;

namespace Capsule.Operations.Kits.Skills;

/// <summary>What can be wrong with a Kit that is shown to agents as a skill (CAP5500 to CAP5519).</summary>
public static class SkillDiagnostics
{
    public static readonly DiagnosticKind NoDefaultMcp = new("CAP5500", Severity.Error,
        "'{0}' marks no MCP endpoint as its default, so it has no tools for a skill.", "Add default_mcp: true to the entry of 'expose' whose tools are meant.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind IsThere = new("CAP5501", Severity.Error,
        "'{0}' is there already; it is left as it is.", "If another run of the Kit made it, stop that one with 'capsule stop'. Otherwise it is somebody's own: move it away, or give another folder with --project-root.")
    { Exit = ExitCode.Conflict };

    public static readonly DiagnosticKind IsLink = new("CAP5502", Severity.Error,
        "'{0}' is a link, and no skill is written through one.", "Put a folder in its place, or give the folder that it leads to with --project-root.")
    { Exit = ExitCode.Conflict };

    public static readonly DiagnosticKind NotWritten = new("CAP5503", Severity.Error,
        "The skill in '{0}' could not be written: {1}", "Make room, or give write access; the run was not started, or has ended again.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind Left = new("CAP5504", Severity.Warning,
        "'{0}' was added to a skill or changed in it, so it is not removed with the rest.", "Keep it elsewhere, or remove it: while it is there the skill cannot be written again.");

    public static readonly DiagnosticKind KitEnded = new("CAP5505", Severity.Error,
        "The Kit of this skill does not run any more: {0}.", "Start it again with 'capsule run' and the same --global-skill or --project-skill.")
    { Exit = ExitCode.NotFound };

    public static readonly DiagnosticKind BadArgument = new("CAP5506", Severity.Error,
        "'{0}' is no argument of a tool.", "Write NAME=VALUE as often as needed, or --json with one object, or - for an object on the standard input. '--help' lists the tools.")
    { Exit = ExitCode.Usage };

    public static readonly DiagnosticKind BadJson = new("CAP5507", Severity.Error,
        "The arguments are no JSON object: {0}", "Write for example --json '{{\"text\": \"hello\"}}'.")
    { Exit = ExitCode.Usage };

    public static readonly DiagnosticKind ToolFailed = new("CAP5508", Severity.Error,
        "The tool '{0}' failed: {1}", "Correct the arguments as it says; 'TOOL --help' shows what it takes.")
    { Exit = ExitCode.ProcessFailed };

    public static readonly DiagnosticKind NoSuchTool = new("CAP5509", Severity.Error,
        "The Kit has no tool '{0}'. It has: {1}.", "Name one of these; '--help' says what they do.")
    { Exit = ExitCode.NotFound };

    public static readonly DiagnosticKind BadConfiguration = new("CAP5510", Severity.Error,
        "'{0}' does not tell which Kit this skill belongs to: {1}.", "Start the Kit again with --global-skill or --project-skill, which writes it anew.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind NotRemoved = new("CAP5511", Severity.Warning,
        "The skill in '{0}' belongs to a run that is over and could not be removed: {1}", "Give write access to it; the next run tries again.");

    public static readonly DiagnosticKind NoRoot = new("CAP5512", Severity.Error,
        "The folder '{0}' for a skill does not exist.", "Make it, or name another one with --project-root.")
    { Exit = ExitCode.NotFound };
}
