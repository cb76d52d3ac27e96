using Capsule.Core.Diagnostics;

namespace Capsule.Families.Kits.TestFile;

/// <summary>What can be wrong with a <c>capability-test.yml</c> beyond its fields (CAP0300 to CAP0349).</summary>
internal static class KitTestDiagnostics
{
    public static readonly DiagnosticKind TwoFiles = new("CAP0300", Severity.Error,
        "There are two test files, '{0}' and '{1}'.", "Keep one of them.");

    public static readonly DiagnosticKind BadId = new("CAP0301", Severity.Error,
        "'{0}' cannot be the id of a test.", "Use letters, digits, '-' and '_' only; the id is also the name of the folder with the test's files.");

    public static readonly DiagnosticKind IdTwice = new("CAP0302", Severity.Error,
        "The test '{0}' stands already on line {1}.", "Give this one another id.");

    public static readonly DiagnosticKind NoTests = new("CAP0303", Severity.Error,
        "'tests' is empty.", "Add a case, or remove the file.");

    public static readonly DiagnosticKind Assertion = new("CAP0304", Severity.Error,
        "This is not an assertion: {0}", "Write a path and an operator, for example $.status_code.eq(200).");

    public static readonly DiagnosticKind ValuePath = new("CAP0305", Severity.Error,
        "This is not a path to a value: {0}", "Write '$' and fields or indexes, for example $.items[0].name.");

    public static readonly DiagnosticKind TwoTargets = new("CAP0306", Severity.Error,
        "The target names both a public path and a workload.", "Keep either 'exposed_path', or 'workload' with 'endpoint'.");

    public static readonly DiagnosticKind NoTarget = new("CAP0307", Severity.Error,
        "The target names nothing that can be called.", "Write 'exposed_path', or 'workload' with 'endpoint'.");

    public static readonly DiagnosticKind UnknownPublicPath = new("CAP0308", Severity.Error,
        "The Kit exposes no path '{0}'. Exposed: {1}.", "Use an exposed path, or call a workload's endpoint.");

    public static readonly DiagnosticKind UnknownWorkload = new("CAP0309", Severity.Error,
        "The Kit has no workload '{0}'. Declared: {1}.", "Correct the name.");

    public static readonly DiagnosticKind WrongProtocol = new("CAP0310", Severity.Error,
        "A test of kind {0} cannot call '{1}', whose protocol is {2}.", "Change the kind of the test, or call an endpoint that fits.");

    public static readonly DiagnosticKind BodyWithoutEffect = new("CAP0311", Severity.Warning,
        "A {0} request has no body; 'json' has no effect.", "Use POST, PUT or PATCH, or remove 'json'.");

    public static readonly DiagnosticKind EmptyCommand = new("CAP0312", Severity.Error,
        "The command is empty.", "Write a shell line, or a list with a program and its arguments.");

    public static readonly DiagnosticKind UnknownVariant = new("CAP0313", Severity.Error,
        "Workload '{1}' has no variant '{0}'. Declared: {2}.", "Correct the name, or leave 'variant' out.");

    public static readonly DiagnosticKind NoDefaultVariant = new("CAP0314", Severity.Error,
        "Workload '{0}' has no variant 'default'. Declared: {1}.", "Say which variant the test is for: 'variant' under 'target'.");

    public static readonly DiagnosticKind NothingToRun = new("CAP0315", Severity.Error,
        "Workload '{0}' has no code of its own, so no command can run in it.", "Choose a workload with 'source'.");

    public static readonly DiagnosticKind NotJson = new("CAP0316", Severity.Error,
        "'{0}' is a number that JSON does not have.", "Write a finite number, or put it in quotes.");

    public static readonly DiagnosticKind UnknownStub = new("CAP0340", Severity.Error,
        "The Kit has neither a dependency nor a workload '{0}'. Dependencies: {1}. Workloads: {2}.", "Name one of these under 'stubs'.");

    public static readonly DiagnosticKind StubOfImport = new("CAP0341", Severity.Error,
        "The workload '{0}' is another Kit's, which stands for the dependency '{1}'.", "Name '{1}' under 'stubs' instead.");

    public static readonly DiagnosticKind NotAnswered = new("CAP0342", Severity.Error,
        "'{1}' is called at no path '{0}'. Its endpoints: {2}.", "Write the endpoint as callers know it, and the rest of the path behind it.");

    public static readonly DiagnosticKind TwoBodies = new("CAP0343", Severity.Error,
        "The answer has both 'json' and 'text'.", "Keep one of them.");

    public static readonly DiagnosticKind ToolNeedsMcp = new("CAP0344", Severity.Error,
        "The endpoint '{0}' has the protocol {1}, and only mcp has tools.", "Leave 'tool' away, or give the path of an mcp endpoint.");

    public static readonly DiagnosticKind StubHasNoCommands = new("CAP0345", Severity.Error,
        "The workload of the test '{0}' is stubbed, so no command can run in it.", "Let the command run in another workload, or remove the stub.");

    public static readonly DiagnosticKind StrayFixture = new("CAP0317", Severity.Warning,
        "The folder '{0}' belongs to no declared mount. Declared: {1}.", "Name it after a mount of the Kit, or move it elsewhere.");
}
