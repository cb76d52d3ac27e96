using Capsule.Core.Schemas;

namespace Capsule.Families.Capsules.Shapes;

/// <summary>Services of a web target of Deno (specs: ato 1.4, 1.5).</summary>
internal static class ServiceShape
{
    /// <summary>What belongs to services in containers.</summary>
    public static readonly string[] KeysNotYet = ["target", "state_bindings", "network"];

    public static TableShape Probe { get; } = new("readiness_probe", "How to see that a service is ready; those that depend on it wait for that.",
    [
        new("http_get", new TextShape { Pattern = "^/", Examples = ["/", "/health"] }, "Path that is asked until its status is below 500."),
        new("tcp_connect", TextShape.NotBlank with { Examples = ["127.0.0.1", "localhost:5432"] }, "Host, or host and port, that is connected to."),
        new("port", CapsuleTexts.Variable with { Examples = ["PORT", "API_PORT"] }, "Name of the variable that holds the port.") { Required = true },
    ]);

    public static TableShape Service { get; } = new("service", "A process beside the others in one sandbox.",
    [
        new("entrypoint", TextShape.NotBlank with { Examples = ["deno run --allow-net main.ts"] }, "Command line; its words are split as a shell splits them, without a shell."),
        new("command", TextShape.NotBlank, "Another name of entrypoint."),
        new("depends_on", new ListShape(TextShape.Any), "Services that must be ready first."),
        new("env", new MapShape(CapsuleTexts.Variable, TextShape.Any), "Variables, over those of the target."),
        new("readiness_probe", Probe, "How to see that the service is ready."),
        new("expose", AnyShape.Value, "Not for services: only main stands behind the public address."),
        .. KeysNotYet.Select(key => new FieldShape(key, AnyShape.Value, DeclaredShapes.NotYet)),
    ]);
}
