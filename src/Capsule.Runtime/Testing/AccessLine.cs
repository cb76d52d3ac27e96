using System.Globalization;

namespace Capsule.Runtime.Testing;

/// <summary>One request as a log shows it.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path and query on the target.</param>
/// <param name="Tool">The MCP tool that was called; null for a plain request.</param>
/// <param name="Status">HTTP status; null when there was no answer.</param>
public sealed record AccessLine(string Method, string Path, string? Tool, int? Status)
{
    public override string ToString() =>
        string.Join(' ', new[] { Method, Path, Tool, Status?.ToString(CultureInfo.InvariantCulture) ?? "no answer" }.OfType<string>());
}
