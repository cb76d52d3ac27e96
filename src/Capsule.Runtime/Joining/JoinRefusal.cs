using System.Text.Json;
using Capsule.Core.Diagnostics;

namespace Capsule.Runtime.Joining;

/// <summary>Why a command did not start, as the runner tells the one who asked: a diagnostic in four texts.</summary>
internal sealed record JoinRefusal(string Code, string Message, string Hint, ExitCode Exit)
{
    public static byte[] Write(Diagnostic problem) => JsonSerializer.SerializeToUtf8Bytes(
        new JoinRefusal(problem.Code, problem.Message, problem.Hint, problem.Kind.Exit), JsonSerializerOptions.Web);

    /// <summary>The diagnostic again; null when the text is none.</summary>
    public static Diagnostic? Read(ReadOnlySpan<byte> text)
    {
        try
        {
            return JsonSerializer.Deserialize<JoinRefusal>(text, JsonSerializerOptions.Web) is { Code: not null } told
                ? new Diagnostic(new DiagnosticKind(told.Code, Severity.Error, told.Message, told.Hint) { Exit = told.Exit }, told.Message, told.Hint, null)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
