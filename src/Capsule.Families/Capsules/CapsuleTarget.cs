using Capsule.Core.Diagnostics;
using Capsule.Core.Text;

namespace Capsule.Families.Capsules;

/// <summary>One table <c>[targets.LABEL]</c> (specs: ato 1.3).</summary>
public sealed record CapsuleTarget
{
    public required Field<string> Label { get; init; }

    /// <summary>source, web, wasm or oci.</summary>
    public required Field<string>? Runtime { get; init; }

    /// <summary>static, deno, node, python, wasmtime or native, as written.</summary>
    public required Field<string>? Driver { get; init; }

    /// <summary>True when a driver is written, be it a wrong one.</summary>
    public bool HasDriver { get; init; }

    public Field<string>? Language { get; init; }

    public Field<string>? RuntimeVersion { get; init; }

    public Field<string>? Entrypoint { get; init; }

    public IReadOnlyList<Field<string>> Cmd { get; init; } = [];

    public Field<string>? Image { get; init; }

    /// <summary>The target's variables over those of <c>[targets.env]</c>.</summary>
    public IReadOnlyList<NamedField<Field<string>>> Env { get; init; } = [];

    /// <summary>Variables that must have a value before the target starts.</summary>
    public IReadOnlyList<Field<string>> RequiredEnv { get; init; } = [];

    /// <summary>1 to 65535.</summary>
    public Field<long>? Port { get; init; }

    /// <summary>True when a port is written, be it a wrong one.</summary>
    public bool HasPort { get; init; }

    public Field<string>? WorkingFolder { get; init; }

    /// <summary>Path of a page that says whether the server is well.</summary>
    public Field<string>? HealthCheck { get; init; }

    /// <summary>Seconds.</summary>
    public Field<long>? StartupTimeout { get; init; }

    /// <summary>Further tools by name (node, python, uv), with their version.</summary>
    public IReadOnlyList<NamedField<Field<string>>> Tools { get; init; } = [];

    /// <summary>Where the removed key <c>public</c> stands; null when it is absent.</summary>
    public SourceSpan? Public { get; init; }

    /// <summary>The driver as written or, for the runtime source, as its command or language tells; null when nothing does.</summary>
    public string? EffectiveDriver => Driver?.Value ?? (Runtime?.Value switch
    {
        _ when HasDriver => null,
        "source" => Drivers.Infer(Cmd, Language),
        "wasm" => "wasmtime",
        _ => null,
    });

    /// <summary>True when the command's first word names the program, so that the entrypoint is not put in front of it.</summary>
    public bool StartsByCommand => Driver is null && Runtime?.Value == "source" && Drivers.OfCommand(Cmd) is not null;

    /// <summary>True when the target starts the services of the manifest instead of an entrypoint (specs: ato 1.5).</summary>
    public bool StartsServices { get; init; }

    /// <summary>True when this version can run the target.</summary>
    public bool IsSupported => (Runtime?.Value, EffectiveDriver) is ("web", "static" or "deno" or "node" or "python") or ("source", "deno" or "node" or "python" or "native");

    /// <summary>Runtime and driver as they are named to people.</summary>
    public string Kind => EffectiveDriver is { } driver ? $"{Runtime?.Value}/{driver}" : $"{Runtime?.Value}";
}
