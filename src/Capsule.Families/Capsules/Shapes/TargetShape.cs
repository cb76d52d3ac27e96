using System.Text.Json.Nodes;
using Capsule.Core.Schemas;

namespace Capsule.Families.Capsules.Shapes;

/// <summary>Targets and their defaults (specs: ato 1.3).</summary>
internal static class TargetShape
{
    private const string NoEffect = "Only the reference tool reads it.";

    private static readonly TextShape HealthCheck = new() { Pattern = "^/", Examples = ["/", "/health"] };

    private static readonly IntegerShape Port = new(1, 65535);

    private static readonly IntegerShape Timeout = new(1, 3600);

    /// <summary>Labels that an older form of targets has taken.</summary>
    public static readonly string[] ReservedLabels = ["source", "wasm", "oci"];

    public static readonly string[] KeysWithoutEffect = ["smoke", "command", "component", "path", "args", "dependencies", "version"];

    public static TableShape Target { get; } = new("target", "A way to start the capsule.",
    [
        new("runtime", TextShape.OneOf(
            new Choice("source", "A program that runs; `driver` says with what."),
            new Choice("web", "A site or server with a port."),
            new Choice("wasm", "A WebAssembly module."),
            new Choice("oci", "A container image.")), "What kind of target it is.") { Required = true },
        new("driver", TextShape.OneOf(
            new Choice("static", "Files served as they are; only for web."),
            new Choice("deno", "Deno."), new Choice("node", "Node.js."), new Choice("python", "Python."),
            new Choice("wasmtime", "Wasmtime; only for wasm."), new Choice("native", "A program that needs nothing else.")), "What runs the entrypoint."),
        new("language", TextShape.Any, "Tells the driver of a source target that names none."),
        new("runtime_version", TextShape.Any with { Examples = ["22.11.0", "3.11"] }, "Version of deno, node or python that the target needs."),
        new("runtime_tools", new MapShape(TextShape.Any, TextShape.Any), "Further tools by name (node, python, uv), each with its version."),
        new("entrypoint", TextShape.Any with { Examples = ["index.js", "dist"] }, "File that starts, or folder that is served; relative to the project folder. Not for a target that starts services."),
        new("cmd", new ListShape(TextShape.Any), "Arguments of the program."),
        new("image", TextShape.Any with { Examples = ["redis:7"] }, "Container image of an oci target."),
        new("env", new MapShape(CapsuleTexts.Variable, TextShape.Any), "Variables, over those of [targets.env]."),
        new("required_env", new ListShape(CapsuleTexts.Variable), "Variables that must have a value before the target starts."),
        new("port", Port, "Port that the server listens on; PORT is set from it."),
        new("startup_timeout", Timeout, "Seconds until the target must answer."),
        new("health_check", HealthCheck, "Path that answers when the server is well."),
        new("working_dir", TextShape.Any, "Folder to start in, below the project folder."),
        new("public", AnyShape.Value, "Not for web targets, whose entrypoint names the folder that is served."),
        .. KeysWithoutEffect.Select(key => new FieldShape(key, AnyShape.Value, NoEffect)),
    ])
    {
        Rules =
        [
            TableRule.With("runtime", "web") with { Requires = ["driver"], Forbids = ["public"] },

            // A web target of Deno may start services instead.
            new() { When = [("runtime", ["web"]), ("driver", ["static", "node", "python"])], Requires = ["entrypoint"], Fits = [("entrypoint", TextShape.NotBlank)] },
            TableRule.With("runtime", "source", "wasm") with { Requires = ["entrypoint"] },
            TableRule.With("runtime", "source", "wasm") with { Fits = [("entrypoint", TextShape.NotBlank)] },
            TableRule.With("runtime", "oci") with { Requires = ["image"], Forbids = ["driver"] },
            .. Drivers.Runtimes.Where(r => Drivers.For(r).Count > 0).Select(r => TableRule.With("runtime", r) with { Fits = [("driver", TextShape.OneOf(Drivers.For(r)))] }),
            new() { When = [("runtime", ["source"]), ("driver", Drivers.Versioned)], Requires = ["runtime_version"] },
            TableRule.With("driver", Drivers.Versioned) with { Fits = [("runtime_version", CapsuleTexts.RuntimeVersion)] },
            new() { When = [("runtime", ["web"]), ("driver", Drivers.Versioned)], Fits = [("entrypoint", TextShape.Whole("[^ ]*"))] },
        ],
    };

    public static TableShape Targets { get; } = new("targets", "One table per target, and defaults for all of them.",
    [
        new("preference", new ListShape(TextShape.Any), "Labels of targets, the preferred one first."),
        new("source_digest", CapsuleTexts.Digest, "Digest of the source: sha256: and 64 hex digits."),
        new("port", Port, "Port of the targets that name none."),
        new("startup_timeout", Timeout, "Seconds until a target must answer, where it says nothing itself.") { Default = JsonValue.Create(60) },
        new("env", new MapShape(CapsuleTexts.Variable, TextShape.Any), "Variables of all targets."),
        new("health_check", HealthCheck, "Path that answers when a server is well, where a target says nothing itself."),
        .. ReservedLabels.Select(label => FieldShape.Removed(label, $"another label than '{label}', which an older form of targets has taken")),
    ])
    {
        Others = new MapShape(CapsuleTexts.TargetLabel, Target),
        Rules = [TableRule.Without("port") with { Others = TableRule.With("runtime", "web") with { Requires = ["port"] } }],
    };
}
