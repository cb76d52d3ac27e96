using Capsule.Core.Diagnostics;

namespace Capsule.Runtime.Shadows;

/// <summary>One line for each file of a write-back.</summary>
public static class WriteBackText
{
    /// <summary>For example <c>changed src/main.ts</c>; a name that steers terminals is made harmless.</summary>
    public static string Of(WriteBackOutcome file)
    {
        var words = file.Action switch
        {
            WriteBackAction.Left => "not written back:",
            WriteBackAction.Conflict => "conflict, kept the project's:",
            WriteBackAction.Failed => "could not write",
            var done => done.ToString().ToLowerInvariant(),
        };
        return TerminalText.Line(file.Reason is { } reason ? $"{words} {file.Path} ({reason})" : $"{words} {file.Path}");
    }
}
