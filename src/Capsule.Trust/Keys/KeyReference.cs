using System.Diagnostics;
using Capsule.Core.Diagnostics;

namespace Capsule.Trust.Keys;

/// <summary>
/// Which key to sign with: an id in <c>CAPSULE_HOME/keys</c>, <c>file:PATH</c>, or <c>command:/ABSOLUTE/PROGRAM ARGUMENTS</c>
/// (arguments are separated by spaces; there is no shell and no quoting).
/// </summary>
public abstract record KeyReference
{
    private KeyReference()
    {
    }

    /// <summary>A key of the key store.</summary>
    public sealed record Id(string Value) : KeyReference;

    /// <summary>A key file anywhere.</summary>
    public sealed record InFile(string Path) : KeyReference;

    /// <summary>A program that signs.</summary>
    public sealed record Command(string Program, IReadOnlyList<string> Arguments) : KeyReference
    {
        /// <summary>Gives a start with a folder and an environment, where the process's own are not the caller's; null for those.</summary>
        public Func<ProcessStartInfo>? StartFrom { get; init; }
    }

    /// <summary>Reads a reference (CAP3200, CAP3201).</summary>
    /// <param name="text">What the user wrote.</param>
    /// <param name="where">The property or option it came from, for messages.</param>
    public static Result<KeyReference> Parse(string text, string where = "The key reference")
    {
        if (KeyMaterial.Guard(where, text) is { } problem)
        {
            return problem;
        }

        return text.Split(':', 2) switch
        {
            ["file", { Length: > 0 } path] => new InFile(Path.GetFullPath(path)),
            ["command", { Length: > 0 } line] when ParseCommand(line) is { } command => command,
            [var id] when KeyStore.IsId(id) => new Id(id),
            _ => KeyDiagnostics.ReferenceMalformed.Now(where),
        };
    }

    private static Command? ParseCommand(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 0 && Path.IsPathFullyQualified(words[0]) ? new Command(words[0], words[1..]) : null;
    }
}
