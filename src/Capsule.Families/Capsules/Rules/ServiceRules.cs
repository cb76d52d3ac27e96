using System.Text.RegularExpressions;
using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Families.Capsules.Services;
using Capsule.Families.Capsules.Shapes;

namespace Capsule.Families.Capsules.Rules;

/// <summary>What services say, each by itself and together (specs: ato 1.5).</summary>
internal static partial class ServiceRules
{
    public static IEnumerable<Diagnostic> Check(CapsuleManifest manifest)
    {
        // Services that name targets are of another kind, which is refused as a whole.
        if (manifest.Services.Count == 0 || manifest.NotYet.Any(n => n.Pointer.StartsWith("/services/", StringComparison.Ordinal)))
        {
            return [];
        }

        CapsuleTarget[] targets = [.. manifest.Targets.Where(t => t.StartsServices)];
        return
        [
            .. targets.Length == 0 ? [CapsuleServiceDiagnostics.NoTarget.At(manifest.ServicesPlace)] : Array.Empty<Diagnostic>(),
            .. manifest.Services.Any(s => s.IsMain) ? Array.Empty<Diagnostic>() : [CapsuleServiceDiagnostics.NoMain.At(manifest.ServicesPlace)],
            .. manifest.Services.SelectMany(s => Own(s, manifest.Services)),
            .. ServiceCycle.Find(manifest.Services),
            .. targets.SelectMany(t => manifest.Services.SelectMany(s => With(t, s))),
            .. targets.SelectMany(t => Ports(t, manifest.Services)),
        ];
    }

    private static IEnumerable<Diagnostic> Own(CapsuleService service, IReadOnlyList<CapsuleService> all)
    {
        var name = service.Name.Value;
        if (name.Length > CapsuleTexts.LongestLabel || !NameGrammar().IsMatch(name) || name == "prepare")
        {
            yield return CapsuleServiceDiagnostics.Name.At(service.Name.Span, name);
        }

        if (service.Command is not { } command || string.IsNullOrWhiteSpace(command.Value))
        {
            yield return CapsuleServiceDiagnostics.NoCommand.At(service.Command?.Span ?? service.Name.Span, name);
        }
        else if (ShellWords.Split(command.Value) is null)
        {
            yield return CapsuleServiceDiagnostics.CommandLine.At(command.Span, name);
        }

        if (service.Expose is { } expose)
        {
            yield return CapsuleServiceDiagnostics.Expose.At(expose, name);
        }

        string[] names = [.. all.Select(s => s.Name.Value)];
        foreach (var dependency in service.DependsOn.Where(d => !names.Contains(d.Value)))
        {
            yield return CapsuleServiceDiagnostics.UnknownDependency.At(dependency.Span, dependency.Value, Spelling.Suggest(dependency.Value, names, "There are"));
        }

        foreach (var problem in service.Probe is { } probe ? Probe(name, probe) : [])
        {
            yield return problem;
        }
    }

    private static IEnumerable<Diagnostic> Probe(string service, ServiceProbe probe)
    {
        if (probe is { HttpGet: null, TcpConnect: null })
        {
            yield return CapsuleServiceDiagnostics.ProbeEmpty.At(probe.Place, service);
        }

        if (string.IsNullOrWhiteSpace(probe.Port?.Value))
        {
            yield return CapsuleServiceDiagnostics.ProbePort.At(probe.Port?.Span ?? probe.Place, service);
        }

        if (probe.HttpGet is { } path && !path.Value.StartsWith('/'))
        {
            yield return CapsuleServiceDiagnostics.ProbeAddress.At(path.Span, path.Value);
        }
        else if (probe is { HttpGet: null, TcpConnect: { } host } && !LoopbackGrammar().IsMatch(host.Value))
        {
            yield return CapsuleServiceDiagnostics.ProbeAddress.At(host.Span, host.Value);
        }
    }

    private static IEnumerable<Diagnostic> With(CapsuleTarget target, CapsuleService service)
    {
        if (service.Command is { } command && ServiceCommand.ToolOf(command.Value) is { } tool && tool != "deno"
            && target.Tools.All(t => t.Key.Value != tool))
        {
            yield return CapsuleServiceDiagnostics.ToolNotPinned.At(command.Span, service.Name.Value, tool, target.Label.Value, Drivers.ExampleVersion(tool));
        }

        if (service.Probe is { Port: { } port } && !string.IsNullOrWhiteSpace(port.Value) && ServicePorts.OfProbe(target, service) is null)
        {
            var value = ServicePorts.Variable(target, service, port.Value);
            yield return CapsuleServiceDiagnostics.ProbePortValue.At(port.Span, service.Name.Value, port.Value, value is null ? "it is not set" : $"'{value}'");
        }
    }

    private static IEnumerable<Diagnostic> Ports(CapsuleTarget target, IReadOnlyList<CapsuleService> services)
    {
        var taken = new Dictionary<int, CapsuleService>();
        foreach (var service in services.OrderBy(s => s.IsMain ? 0 : 1))
        {
            foreach (var port in new[] { service.IsMain ? (int?)target.Port?.Value : null, ServicePorts.OfProbe(target, service) }.OfType<int>().Distinct())
            {
                if (!taken.TryAdd(port, service))
                {
                    yield return CapsuleServiceDiagnostics.PortTwice.At(service.Probe!.Port?.Span ?? service.Name.Span, taken[port].Name.Value, service.Name.Value, port);
                }
            }
        }
    }

    [GeneratedRegex(@"\A(?:" + CapsuleTexts.LabelPattern + @")\z", RegexOptions.CultureInvariant)]
    private static partial Regex NameGrammar();

    [GeneratedRegex(@"\A(?:127\.0\.0\.1|localhost)(?::[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex LoopbackGrammar();
}
