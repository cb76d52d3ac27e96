using Capsule.Core.Diagnostics;

namespace Capsule.Operations.Settings;

internal static class SettingsDiagnostics
{
    public static readonly DiagnosticKind WrongType = new("CAP9250", Severity.Error,
        "{0} must be {1}, but it is {2}.", "Correct the value in config.toml.");

    public static readonly DiagnosticKind Unknown = new("CAP9251", Severity.Error,
        "config.toml has no setting '{0}' in {1}. {2}", "Correct the name or remove the line: a setting that is not read protects nothing.");

    public static readonly DiagnosticKind Missing = new("CAP9252", Severity.Error,
        "{0} is missing.", "Add '{2}' to {1} in config.toml.");

    public static readonly DiagnosticKind NotAllowed = new("CAP9253", Severity.Error,
        "{0} is '{1}'. {3}", "Use one of: {2}.");

    public static readonly DiagnosticKind RelayAddress = new("CAP5740", Severity.Error,
        "The address for {0} is none that a Relay may call: {1}.", "Write https://HOST/PATH; plain http is for loopback alone, as in http://127.0.0.1:8080.");

    public static readonly DiagnosticKind ReplacedTwice = new("CAP9255", Severity.Error,
        "The repository '{0}' is replaced twice.", "Keep one of the two in config.toml.");

    public static readonly DiagnosticKind OutOfRange = new("CAP9254", Severity.Error,
        "{0} is {1}, but must lie between {2} and {3}.", "Correct the number in config.toml.");
}
