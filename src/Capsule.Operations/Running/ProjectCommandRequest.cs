using Capsule.Runtime.Supervision;

namespace Capsule.Operations.Running;

/// <summary>A command that is to run in the sandbox of a project's process.</summary>
public sealed record ProjectCommandRequest
{
    /// <summary>The project and what the user grants it. A package of others has nothing to write back to and is refused (CAP5490) unless <see cref="WriteBack"/> is false.</summary>
    public required PackageRunRequest Package { get; init; }

    /// <summary>A process's id, its cell's, or null where there is only one cell.</summary>
    public string? Process { get; init; }

    /// <summary>True to run it in every cell, one after the other, until one fails.</summary>
    public bool All { get; init; }

    /// <summary>False to leave the preparation out: for what the preparation itself needs, or when it fails.</summary>
    public bool Prepare { get; init; } = true;

    /// <summary>False to keep the project as it is.</summary>
    public bool WriteBack { get; init; } = true;

    /// <summary>The command and its streams, given the cell.</summary>
    public required Func<string, CommandRequest> Command { get; init; }
}
