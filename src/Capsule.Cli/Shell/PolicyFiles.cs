using Capsule.Core.Diagnostics;
using Capsule.Core.Files;
using Capsule.Runtime.Sandbox;
using Capsule.Runtime.Supervision;

namespace Capsule.Cli.Shell;

/// <summary>Writes down what holds each sandbox of a call, a file for each below CAPSULE_HOME/logs/policies, and says where. The next call writes over it.</summary>
internal sealed class PolicyFiles(CapsuleHome home, Action<string> say)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<string>> _lines = new(StringComparer.Ordinal);

    public void Add(SandboxPolicy policy)
    {
        var path = Path.Combine(home.Logs, "policies", policy.Cell.Replace('/', '-') + ".txt");
        lock (_gate)
        {
            var isNew = !_lines.TryGetValue(path, out var lines) || policy.Process is null;
            if (isNew)
            {
                _lines[path] = lines = [];
            }

            lines!.AddRange(policy.Lines.Select(TerminalText.Line));
            try
            {
                WholeFile.Write(path, System.Text.Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l + "\n"))), OperatingSystem.IsWindows() ? null : Private);
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                say($"the policy of the sandbox {policy.Cell} could not be written: {problem.Message}");
                return;
            }

            if (isNew)
            {
                say($"policy of the sandbox {policy.Cell}: {path}");
            }
        }
    }
}
