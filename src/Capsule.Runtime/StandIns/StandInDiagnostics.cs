using Capsule.Core.Diagnostics;

namespace Capsule.Runtime.StandIns;

/// <summary>What can be wrong around a package of ours that stands in for one the registry does not have (CAP5750 to CAP5759).</summary>
internal static class StandInDiagnostics
{
    public static readonly DiagnosticKind NotAsked = new("CAP5750", Severity.Warning,
        "Whether the package registry has '{0}' is not known: {1} Nothing is offered in its place.",
        "Check the network and npm's 'registry' setting. Only a registry that says that it does not have the package makes room for ours.");

    public static readonly DiagnosticKind LockedToOther = new("CAP5751", Severity.Warning,
        "'{0}' pins '{1}' {2} to other bytes than those that are offered here; the package manager will refuse them.",
        "It was locked with the published package or with another version of Capsule. Remove its entry from the lock, then install again: capsule exec WORKLOAD --no-prepare -- bun install.");

    public static readonly DiagnosticKind NotMapped = new("CAP5752", Severity.Error,
        "The package manager of '{0}' cannot be told where '{1}' is: {2}.",
        "Check the space and the rights of CAPSULE_HOME; 'capsule store' names what lies there.");
}
