using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Rules;

/// <summary>Who lists hosts has the network to reach them: a list narrows network full and widens nothing.</summary>
internal static class ListedHostsAreReached
{
    public static IEnumerable<Diagnostic> Check(KitManifest kit) => kit.Workloads.SelectMany(Check);

    private static IEnumerable<Diagnostic> Check(Workload workload)
    {
        var commands = workload.Runtimes.Select(r => r.Source).OfType<SourceRuntime>().SelectMany(s => s.Commands.Select(c => (Command: c, Mode: Mode(s, c)))).ToArray();
        if (workload.EgressAllow is { } all && !commands.Any(c => c.Mode is NetworkMode.Full && c.Command.EgressAllow is null))
        {
            yield return KitDiagnostics.HostsWithoutNetwork.At(all.Span, workload.Id.Value, "none of its commands has network full without a list of its own");
        }

        foreach (var (command, mode) in commands.Where(c => c.Mode is not NetworkMode.Full))
        {
            if (command.EgressAllow is { } hosts)
            {
                yield return KitDiagnostics.HostsWithoutNetwork.At(hosts.Span, command.Path.Text, $"its network is '{mode.ToString().ToLowerInvariant()}'");
            }
        }
    }

    private static NetworkMode Mode(SourceRuntime source, KitCommand command) =>
        command.Network?.Value ?? (ReferenceEquals(command, source.Start) ? NetworkMode.None : NetworkMode.Full);
}
