namespace Capsule.Core.Plans;

/// <summary>
/// One entry of the public listener; the longest matching prefix wins. Requests go to a process's listener with the
/// prefix replaced by <see cref="Path"/>, or are answered by us from files.
/// </summary>
public sealed record PublicRoute
{
    /// <summary>Absolute path, for example <c>/mcp</c>.</summary>
    public required string Prefix { get; init; }

    public string? Process { get; init; }

    public string? Listener { get; init; }

    /// <summary>Path on the process that stands for the prefix.</summary>
    public string Path { get; init; } = "/";

    /// <summary>http, mcp, oaic or a2a.</summary>
    public string Protocol { get; init; } = "http";

    public bool DefaultMcp { get; init; }

    public int? TimeoutMilliseconds { get; init; }

    /// <summary>Folder inside the package tree that we serve ourselves; excludes <see cref="Process"/>.</summary>
    public string? Files { get; init; }

    /// <summary>The file served for a folder, for example <c>index.html</c>.</summary>
    public string? Index { get; init; }

    public Origin? Origin { get; init; }
}
