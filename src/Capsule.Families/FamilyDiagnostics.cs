using Capsule.Core.Diagnostics;

namespace Capsule.Families;

/// <summary>The families that are recognised and not built yet.</summary>
internal static class FamilyDiagnostics
{
    public static readonly DiagnosticKind WorkflowNotYet = new("CAP0400", Severity.Error,
        "This is a workflow package, which this version cannot build yet.", "Only capsules (capsule.toml), Kits (capability.yml) and atoms (atom.toml) can be built; watch the release notes.");

    public static readonly DiagnosticKind PluginNotYet = new("CAP0600", Severity.Error,
        "This is a plugin package, which this version cannot build yet.", "Only capsules (capsule.toml), Kits (capability.yml) and atoms (atom.toml) can be built; watch the release notes.");
}
