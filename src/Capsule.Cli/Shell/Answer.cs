using System.Text.Json.Nodes;
using Capsule.Core.Diagnostics;

namespace Capsule.Cli.Shell;

/// <summary>What a verb has to say when it is done.</summary>
internal sealed record Answer
{
    public ExitCode Exit { get; init; }

    public IReadOnlyList<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>The result for programs; printed inside the envelope with --json.</summary>
    public JsonNode? Data { get; init; }

    /// <summary>The result for people; printed to stdout without --json.</summary>
    public string? Text { get; init; }

    public static Answer Ok(string? text = null, JsonNode? data = null, IReadOnlyList<Diagnostic>? notes = null) =>
        new() { Text = text, Data = data, Diagnostics = notes ?? [] };

    public static Answer Failed(params IReadOnlyList<Diagnostic> problems) =>
        new() { Diagnostics = problems, Exit = problems.FirstOrDefault(p => p.IsError)?.Kind.Exit ?? ExitCode.Invalid };

    /// <summary>The result of an engine: its value told by <paramref name="tell"/>, or its problems.</summary>
    public static Answer From<T>(Result<T> result, Func<T, Answer> tell)
        where T : class
    {
        if (!result.Succeeded)
        {
            return Failed(result.Diagnostics);
        }

        var answer = tell(result.Value);
        return answer with { Diagnostics = [.. result.Diagnostics, .. answer.Diagnostics] };
    }
}
