using System.Globalization;
using Capsule.Core.Text;

namespace Capsule.Families.Capsules.Services;

/// <summary>On which ports a service listens, as its probe and the target tell.</summary>
internal static class ServicePorts
{
    /// <summary>The port that the probe asks; null when there is no probe or it says none.</summary>
    public static int? OfProbe(CapsuleTarget target, CapsuleService service) => service.Probe switch
    {
        null => null,
        { HttpGet: null, TcpConnect: { } connect } when connect.Value.LastIndexOf(':') is var colon and > 0 => Parse(connect.Value[(colon + 1)..]),
        { Port: { } name } => Parse(Variable(target, service, name.Value)),
        _ => null,
    };

    /// <summary>The value of a variable of a service; <c>PORT</c> is the target's port for main, and only for main.</summary>
    public static string? Variable(CapsuleTarget target, CapsuleService service, string name)
    {
        if (Find(service.Env, name) is { } own)
        {
            return own;
        }

        return name == "PORT"
            ? service.IsMain ? target.Port?.Value.ToString(CultureInfo.InvariantCulture) : null
            : Find(target.Env, name);
    }

    private static string? Find(IReadOnlyList<NamedField<Field<string>>> env, string name) =>
        env.FirstOrDefault(e => e.Key.Value == name)?.Value.Value;

    private static int? Parse(string? text) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0 ? port : null;
}
