namespace Capsule.Operations.Atoms;

/// <summary><c>[keys.backends.NAME]</c>: how to reach private keys.</summary>
/// <param name="Kind"><c>encrypted-file</c>, <c>command</c> or <c>insecure-file</c>.</param>
public sealed record KeyBackendSettings(string Kind)
{
    /// <summary>The protocol of one JSON object (docs: atoms).</summary>
    public const string Json = "json";

    /// <summary>The protocol of one line (docs: trust).</summary>
    public const string Line = "line";

    /// <summary>For a command: an absolute path.</summary>
    public string? Program { get; init; }

    /// <summary>For a command.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>For a command: <see cref="Json"/> or <see cref="Line"/>.</summary>
    public string Protocol { get; init; } = Line;

    /// <summary>For a command that is asked in JSON: how long one request may take; null for a minute.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>For files: what their names are relative to, absolute.</summary>
    public string? Folder { get; init; }

    /// <summary>For encrypted files: a file with the passphrase, absolute.</summary>
    public string? PassphraseFile { get; init; }

    /// <summary>For encrypted files: the name of the variable that holds it.</summary>
    public string? PassphraseVariable { get; init; }
}
