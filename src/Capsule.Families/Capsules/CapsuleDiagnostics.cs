using Capsule.Core.Diagnostics;
using Capsule.Core.Text;

namespace Capsule.Families.Capsules;

/// <summary>What can be wrong with a <c>capsule.toml</c> outside its targets (CAP0001 to CAP0029; specs: ato 1.1, 1.2, 5.2).</summary>
internal static class CapsuleDiagnostics
{
    public static readonly DiagnosticKind WrongType = new("CAP0001", Severity.Error,
        "'{0}' must be {1}; here it is {2}.", "Write {1} for '{0}'.")
    { Aliases = ["E002"] };

    public static readonly DiagnosticKind Unknown = new("CAP0002", Severity.Warning,
        "'{0}' is not a field of {1}. {2}", "Correct the spelling, or remove the line: it has no effect.");

    public static readonly DiagnosticKind Missing = new("CAP0003", Severity.Error,
        "'{0}' is missing.", "Add {2} to {1}.")
    { Aliases = ["E002"] };

    public static readonly DiagnosticKind NotAllowed = new("CAP0004", Severity.Error,
        "'{0}' cannot be '{1}'. {3}", "Allowed here: {2}.")
    { Aliases = ["E002"] };

    public static readonly DiagnosticKind OutOfRange = new("CAP0005", Severity.Error,
        "'{0}' is {1}; it must lie between {2} and {3}.", "Choose a value between {2} and {3}.")
    { Aliases = ["E002"] };

    public static readonly DiagnosticKind SchemaVersion = new("CAP0006", Severity.Error,
        "schema_version '{0}' is not known.", "Write schema_version = \"0.2\", and the manifest in that form.")
    { Aliases = ["E002"] };

    public static readonly DiagnosticKind Name = new("CAP0007", Severity.Error,
        "'{0}' cannot be the name of a capsule.",
        "Use 3 to 64 lower-case letters and digits, words joined by single hyphens, for example 'my-app'.")
    { Aliases = ["E002"] };

    public static readonly DiagnosticKind Version = new("CAP0008", Severity.Error,
        "'{0}' is not a version.", "Write three numbers and, if you need it, a pre-release label: 1.2.0 or 1.2.0-beta.1.")
    { Aliases = ["E002"] };

    public static readonly DiagnosticKind ControlCharacter = new("CAP0009", Severity.Error,
        "'{0}' contains a NUL character, which no program can receive.", "Remove the escape \\u0000 from the text.")
    { Aliases = ["E002"] };

    public static readonly DiagnosticKind NoDefaultTarget = new("CAP0010", Severity.Error,
        "'default_target' is missing.", "Add default_target = \"LABEL\" at the top level and name one of the tables under [targets].")
    { Aliases = ["E003"] };

    public static readonly DiagnosticKind NoTargets = new("CAP0011", Severity.Error,
        "The capsule has no target.", "Add a table [targets.LABEL] with runtime, driver and entrypoint.")
    { Aliases = ["E003"] };

    public static readonly DiagnosticKind UnknownDefaultTarget = new("CAP0012", Severity.Error,
        "There is no target '{0}'. {1}", "Let default_target name one of the tables under [targets].")
    { Aliases = ["E003"] };

    public static readonly DiagnosticKind ExecutionRemoved = new("CAP0013", Severity.Error,
        "[execution] is not part of schema 0.2.",
        "Move it to a table [targets.LABEL] with runtime, driver and entrypoint, and name that label in default_target.")
    { Aliases = ["E002"] };

    public static readonly DiagnosticKind MemoryAmount = new("CAP0014", Severity.Error,
        "'{0}' is '{1}', which is not an amount of memory.", "Write a number and a unit, for example \"512MB\" or \"1.5GB\"; units are multiples of 1024.")
    { Aliases = ["E002"] };

    public static readonly DiagnosticKind InferenceNeeds = new("CAP0015", Severity.Error,
        "A capsule of type 'inference' needs the table [{0}].", "Add [{0}], or choose the type 'app' or 'tool'.")
    { Aliases = ["E002"] };

    public static readonly DiagnosticKind VariableName = new("CAP0016", Severity.Error,
        "'{0}' cannot be the name of an environment variable.", "Use letters, digits and underscores, not starting with a digit.")
    { Aliases = ["E002"] };

    public static readonly DiagnosticKind TargetLabel = new("CAP0017", Severity.Error,
        "'{0}' cannot be the label of a target.", "Use up to 64 letters, digits, '-' and '_', starting with a letter or digit.")
    { Aliases = ["E002"] };

    public static readonly DiagnosticKind ReservedLabel = new("CAP0018", Severity.Error,
        "The label '{0}' is reserved for an older form of targets.", "Give the target another label, for example 'app', and change default_target with it.")
    { Aliases = ["E002"] };

    public static readonly DiagnosticKind Pattern = new("CAP0019", Severity.Error,
        "'{0}' cannot be a file pattern.", "Write a path relative to the project folder with '/', without '.' and '..'; '*', '?' and '**' are wildcards.")
    { Aliases = ["E002"] };

    public static readonly DiagnosticKind EgressHost = new("CAP0020", Severity.Error,
        "'{0}' does not name a host.", "Write a host name (api.example.com), a suffix (*.example.com), or a URL, with a port if it is neither 80 nor 443.")
    { Aliases = ["E002"] };

    public static readonly DiagnosticKind OwnPort = new("CAP0026", Severity.Error,
        "'{0}' grants port {1} of another host, which is the port of the target '{2}' itself.",
        "Give the target another port, or name only the ports that are needed, for example with a URL. Inside its sandbox the program reaches the host at that port of an address of its own.");

    public static readonly DiagnosticKind UnknownTarget = new("CAP0021", Severity.Error,
        "The capsule has no target '{0}'. {1}", "Ask for a target that the manifest has.");

    public static readonly DiagnosticKind NoEffect = new("CAP0022", Severity.Warning,
        "'{0}' has no effect here.", "Only the reference tool reads it; it stays in the package as it is.");

    public static readonly DiagnosticKind SourceDigest = new("CAP0023", Severity.Error,
        "'{0}' is not a source digest.", "Write sha256: and 64 lower-case hex digits.")
    { Aliases = ["E002"] };

    public static readonly DiagnosticKind NotTaken = new("CAP0024", Severity.Info,
        "'{0}' is not taken over from your environment.", "Give it to a run that needs it: --env {0}=VALUE.");

    public static readonly DiagnosticKind NoOptions = new("CAP0025", Severity.Error,
        "A capsule has no options, so '{0}' cannot be set.", "Pass a value to the program with --env, or choose another target with --target.");

    public static FieldKinds Fields { get; } = new()
    {
        WrongType = WrongType,
        Unknown = Unknown,
        Missing = Missing,
        NotAllowed = NotAllowed,
        OutOfRange = OutOfRange,
    };
}
