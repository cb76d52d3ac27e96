using Capsule.Core.Diagnostics;
using Capsule.Core.Text;

namespace Capsule.Families.Kits;

/// <summary>What can be wrong with a <c>capability.yml</c> (CAP0200 to CAP0299).</summary>
internal static class KitDiagnostics
{
    public static readonly DiagnosticKind WrongType = new("CAP0200", Severity.Error,
        "'{0}' must be {1}, but this is {2}.", "Write {1} here.");

    public static readonly DiagnosticKind Unknown = new("CAP0201", Severity.Error,
        "'{0}' is not a field of {1}.", "{2}");

    public static readonly DiagnosticKind Missing = new("CAP0202", Severity.Error,
        "'{0}' is missing.", "Add '{2}' to {1}.");

    public static readonly DiagnosticKind NotAllowed = new("CAP0203", Severity.Error,
        "'{0}' cannot be '{1}'; allowed: {2}.", "{3}");

    public static readonly DiagnosticKind OutOfRange = new("CAP0204", Severity.Error,
        "'{0}' is {1}, but must be between {2} and {3}.", "Choose a number between {2} and {3}.");

    public static readonly DiagnosticKind UnquotedVersion = new("CAP0205", Severity.Warning,
        "'version' is a number here, but is meant as text.", "Write version: '1' with the quotes; other tools may refuse a number.");

    public static readonly DiagnosticKind UnknownVersion = new("CAP0206", Severity.Error,
        "The manifest format '{0}' is not known.", "Write version: '1', the only format there is.");

    public static readonly DiagnosticKind BadId = new("CAP0207", Severity.Error,
        "'{0}' cannot be an id.", "Start with a lower-case letter, end with a letter or digit, and use only a to z, 0 to 9, '_' and '-', 64 characters at most.");

    public static readonly DiagnosticKind BadPath = new("CAP0208", Severity.Error,
        "'{0}' cannot be a path: {1}.", "Write an absolute path such as '/mcp'.");

    public static readonly DiagnosticKind Blank = new("CAP0209", Severity.Error,
        "'{0}' is blank.", "Write the text that belongs here.");

    public static readonly DiagnosticKind Removed = new("CAP0210", Severity.Error,
        "'{0}' is an old form that is no longer part of the manifest.", "Write {1}.");

    public static readonly DiagnosticKind OldForm = new("CAP0294", Severity.Warning,
        "'{0}' is an old form; it is read as {1}.", "Write {1} instead.");

    public static readonly DiagnosticKind EgressHost = new("CAP0295", Severity.Error,
        "'{0}' in 'egress_allow' does not name a host.",
        "Write a host name (api.example.com), a suffix (*.example.com), a URL, with a port if it is neither 80 nor 443, or the word registry for the package registry.");

    public static readonly DiagnosticKind NoHosts = new("CAP0296", Severity.Error,
        "'egress_allow' names no host.", "Name the hosts, or remove it and write network: none.");

    public static readonly DiagnosticKind HostsWithoutNetwork = new("CAP0297", Severity.Error,
        "'{0}' lists hosts in 'egress_allow', but {1}.", "Write network: full at the command; the list says which hosts that means.");

    public static readonly DiagnosticKind FromOptionPlace = new("CAP0211", Severity.Error,
        "'from_option' cannot stand at '{0}'.",
        "It is for 'gpu' and for the options of a dependency; a command takes option values through 'env_from_options'.");

    public static readonly DiagnosticKind ControlCharacter = new("CAP0212", Severity.Error,
        "'{0}' contains the control character U+{1:X4}.", "Remove it; only line breaks and tabs may stand in such a text.");

    public static readonly DiagnosticKind TooMany = new("CAP0213", Severity.Error,
        "'{0}' has {1} entries; {2} is the most.", "Split the Kit, or remove what is not needed.");

    public static readonly DiagnosticKind NoWorkloads = new("CAP0220", Severity.Error,
        "The Kit has no workload.", "Declare at least one under 'workloads'.");

    public static readonly DiagnosticKind NoShape = new("CAP0221", Severity.Error,
        "Workload '{0}' does not say what it is.", "Give it 'runtime' for own code or Relays, 'import' for a path of a dependency, or 'variants'.");

    public static readonly DiagnosticKind SeveralShapes = new("CAP0222", Severity.Error,
        "Workload '{0}' has both '{1}' and '{2}'.", "Keep one of them: a workload is own code, an import, or a set of variants.");

    public static readonly DiagnosticKind EmptyRuntime = new("CAP0223", Severity.Error,
        "'{0}' has neither 'source' nor a Relay.", "Add 'source' with a toolchain and a start command, or a Relay under 'attachments.relays'.");

    public static readonly DiagnosticKind NoVariants = new("CAP0224", Severity.Error,
        "'variants' of workload '{0}' is empty.", "Add a variant, usually one called 'default'.");

    public static readonly DiagnosticKind UnknownConnection = new("CAP0225", Severity.Error,
        "Workload '{1}' connects to '{0}', which does not exist. Declared: {2}.", "Name a workload of this Kit.");

    public static readonly DiagnosticKind SelfConnection = new("CAP0226", Severity.Error,
        "Workload '{0}' connects to itself.", "Remove '{0}' from its own 'connections'.");

    public static readonly DiagnosticKind ListedTwice = new("CAP0227", Severity.Error,
        "'{0}' is listed twice.", "Keep it once.");

    public static readonly DiagnosticKind UnknownDependency = new("CAP0228", Severity.Error,
        "Workload '{1}' imports from '{0}', which is not a dependency. Declared: {2}.", "Declare '{0}' under 'dependencies', or correct the name.");

    public static readonly DiagnosticKind ConnectionCircle = new("CAP0229", Severity.Error,
        "These workloads connect to each other in a circle: {0}.", "Remove one of these connections: a workload starts after those that it connects to.");

    public static readonly DiagnosticKind EndpointForm = new("CAP0230", Severity.Error,
        "This is not an endpoint: {0}.", "Write a protocol (mcp), a path (/health), one pair (mcp: /agent), or 'protocol', 'path' and 'config'.");

    public static readonly DiagnosticKind UndeclaredEndpoint = new("CAP0231", Severity.Error,
        "Workload '{1}' has no endpoint '{0}'. Declared: {2}.", "Add it under workloads.{1}.endpoints, or expose one that is declared.");

    public static readonly DiagnosticKind EndpointPathTwice = new("CAP0232", Severity.Error,
        "Workload '{1}' has two endpoints at '{0}'.", "Give one of them another path.");

    public static readonly DiagnosticKind ConfigNeedsMcp = new("CAP0233", Severity.Error,
        "'config' is only for mcp endpoints, and this one is {0}.", "Remove 'config', or make the endpoint mcp.");

    public static readonly DiagnosticKind AmbiguousEndpoint = new("CAP0234", Severity.Error,
        "Workload '{1}' has several endpoints of protocol '{0}': {2}.", "Name one of them by its path.");

    public static readonly DiagnosticKind NoEndpointsExposed = new("CAP0235", Severity.Error,
        "'{0}' lists no endpoint.", "List at least one endpoint of the target.");

    public static readonly DiagnosticKind UnknownTarget = new("CAP0236", Severity.Error,
        "There is no workload '{0}'. Declared: {1}.", "Name a workload of this Kit.");

    public static readonly DiagnosticKind PublicPathTwice = new("CAP0237", Severity.Error,
        "The public path '{0}' is already exposed on line {1}.", "Give this entry another path.");

    public static readonly DiagnosticKind SecondDefaultMcp = new("CAP0238", Severity.Error,
        "A second entry is marked 'default_mcp'; the first is on line {0}.", "Keep the mark on one entry.");

    public static readonly DiagnosticKind DefaultMcpWithoutMcp = new("CAP0239", Severity.Error,
        "The entry '{0}' is marked 'default_mcp' but exposes no mcp endpoint.", "Add an mcp endpoint to the entry, or remove the mark.");

    public static readonly DiagnosticKind EndpointReference = new("CAP0240", Severity.Error,
        "'{0}' is neither a protocol nor a path.", "Write one of http, mcp, oaic, a2a, or a path such as '/health'.");

    public static readonly DiagnosticKind EnvName = new("CAP0241", Severity.Error,
        "'{0}' cannot be the name of an environment variable.", "Use letters, digits and '_', and do not start with a digit.");

    public static readonly DiagnosticKind EnvTwice = new("CAP0242", Severity.Error,
        "The variable '{0}' stands in both 'env' and 'env_from_options'.", "Keep it in one of the two.");

    public static readonly DiagnosticKind EnvUnknownOption = new("CAP0243", Severity.Error,
        "The variable '{1}' takes its value from the option '{0}', which is not declared. Declared: {2}.", "Declare '{0}' under 'options', or correct the name.");

    public static readonly DiagnosticKind EnvReserved = new("CAP0244", Severity.Warning,
        "The variable '{0}' is set by the runner; the value given here has no effect.", "Remove it, or use another name.");

    public static readonly DiagnosticKind DefaultType = new("CAP0250", Severity.Error,
        "The default of option '{0}' is {2}, but its kind is {1}.", "Write a default of kind {1}, or change the kind.");

    public static readonly DiagnosticKind DefaultNotInEnum = new("CAP0251", Severity.Error,
        "The default of option '{0}' is '{1}', which is not among its values: {2}.", "Choose one of the values, or add it to 'enum_values'.");

    public static readonly DiagnosticKind EnumNeedsValues = new("CAP0252", Severity.Error,
        "Option '{0}' is an enum without values.", "List them under 'enum_values'.");

    public static readonly DiagnosticKind EnumValuesNeedEnum = new("CAP0253", Severity.Error,
        "Option '{0}' has 'enum_values' but its kind is {1}.", "Write kind: enum, or remove 'enum_values'.");

    public static readonly DiagnosticKind UnknownOptionGiven = new("CAP0255", Severity.Error,
        "The Kit has no option '{0}'. Declared: {1}.", "Correct the name of the option that is given for this run.")
    { Exit = ExitCode.Usage };

    public static readonly DiagnosticKind OptionValue = new("CAP0256", Severity.Error,
        "'{1}' is not a value for option '{0}', which takes {2}.", "Give another value.")
    { Exit = ExitCode.Usage };

    public static readonly DiagnosticKind OptionRequired = new("CAP0257", Severity.Error,
        "Option '{0}' needs a value.", "Give one for this run, for example --option {0}=VALUE.")
    { Exit = ExitCode.MissingInput };

    public static readonly DiagnosticKind GpuOption = new("CAP0258", Severity.Error,
        "'gpu' takes its value from the option '{0}', which is not declared. Declared: {1}.", "Declare '{0}' under 'options', or correct the name.");

    public static readonly DiagnosticKind GpuValue = new("CAP0259", Severity.Error,
        "Option '{0}' decides about 'gpu', but may be '{1}'; only 'none' and 'metal' are known.", "Make it an enum of none and metal.");

    public static readonly DiagnosticKind UnknownMount = new("CAP0260", Severity.Error,
        "'{0}' is not a declared mount. Declared: {1}.", "Declare '{0}' under 'host_mounts', or correct the name.");

    public static readonly DiagnosticKind AccessTooWide = new("CAP0261", Severity.Error,
        "Workload '{1}' asks for read_write on mount '{0}', which is declared read_only.", "Ask for read_only, or declare the mount with access: read_write.");

    public static readonly DiagnosticKind MountNamedTwice = new("CAP0262", Severity.Error,
        "'mount_mid' and 'mount_key' are two names for one field.", "Keep 'mount_mid'.");

    public static readonly DiagnosticKind MountVariableClash = new("CAP0263", Severity.Error,
        "The mounts '{0}' and '{1}' would share the variable {2}.", "Rename one of them; '-' and '_' count as the same there.");

    public static readonly DiagnosticKind SecretTwice = new("CAP0264", Severity.Error,
        "The secret '{0}' is already declared on line {1}.", "Keep one declaration; kit and vault secrets share their names.");

    public static readonly DiagnosticKind GenerateNeedsPassword = new("CAP0265", Severity.Error,
        "The secret '{0}' is generated, but its format is {1}.", "Write format: password.");

    public static readonly DiagnosticKind VaultSecretExposed = new("CAP0266", Severity.Error,
        "'{0}' is a vault secret and must not reach the code of workload '{1}'.", "Expose a kit secret, or use the vault secret through a Relay.");

    public static readonly DiagnosticKind UnknownSecret = new("CAP0267", Severity.Error,
        "'{0}' is not a declared kit secret. Declared: {1}.", "Declare '{0}' under 'kit_secrets', or correct the name.");

    public static readonly DiagnosticKind RelaySecret = new("CAP0268", Severity.Error,
        "'{0}' is not a declared vault secret. Declared: {1}.", "Declare '{0}' under 'vault_secrets'; a Relay never takes a kit secret.");

    public static readonly DiagnosticKind RelayProtocol = new("CAP0269", Severity.Error,
        "A Relay of kind {0} speaks {1}, but its endpoint is {2}.", "Give it an endpoint of protocol {1}.");

    public static readonly DiagnosticKind DependencySource = new("CAP0270", Severity.Error,
        "The source of dependency '{0}' must have either 'path' or 'git'.", "Write {{ path: FOLDER }} or {{ git: URL, ref: COMMIT }}.");

    public static readonly DiagnosticKind RefNeedsGit = new("CAP0271", Severity.Error,
        "'ref' is only for git sources.", "Remove 'ref', or give the source by 'git'.");

    public static readonly DiagnosticKind LeadingDash = new("CAP0272", Severity.Error,
        "'{0}' must not start with '-'.", "A value that starts with '-' would be read as a command-line flag; write it another way.");

    public static readonly DiagnosticKind BindingOption = new("CAP0273", Severity.Error,
        "Dependency '{1}' takes a value from the option '{0}', which is not declared. Declared: {2}.", "Declare '{0}' under 'options', or correct the name.");

    public static readonly DiagnosticKind BindingMount = new("CAP0274", Severity.Error,
        "Dependency '{1}' is bound to the mount '{0}', which is not declared. Declared: {2}.", "Declare '{0}' under 'host_mounts', or correct the name.");

    public static readonly DiagnosticKind BindingSecret = new("CAP0275", Severity.Error,
        "Dependency '{1}' is bound to the secret '{0}', which is not declared. Declared: {2}.", "Declare '{0}' as a kit or vault secret, or correct the name.");

    public static readonly DiagnosticKind SourceMissing = new("CAP0280", Severity.Warning,
        "The code of workload '{0}' is missing: there is no file under '{1}'.", "Put the code there; without it the Kit can be packed but not run.");

    public static readonly DiagnosticKind SourceMissingToRun = new("CAP0281", Severity.Error,
        "Workload '{0}' cannot start: there is no file under '{1}'.", "Put the code there, or run a package that has it.")
    { Exit = ExitCode.NotFound };

    public static readonly FieldKinds Fields = new()
    {
        WrongType = WrongType,
        Unknown = Unknown,
        Missing = Missing,
        NotAllowed = NotAllowed,
        OutOfRange = OutOfRange,
    };
}
