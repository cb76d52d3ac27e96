using System.Text.RegularExpressions;
using Capsule.Core.Diagnostics;
using Capsule.Core.Text;

namespace Capsule.Families.Capsules.Python;

/// <summary>
/// A <c>requirements.txt</c> as a lock: each line pins one version, or one file, with its SHA-256 (pip's hash-checking mode). Lines that
/// pull in more than they say are refused.
/// </summary>
internal static partial class RequirementLines
{
    private static readonly string[] Options = ["--no-index", "--find-links", "-f", "--index-url", "-i", "--extra-index-url", "--require-hashes", "--only-binary", "--prefer-binary"];

    public static PythonPackages? Read(string project, string path, ICollection<Diagnostic> problems)
    {
        var full = Path.Combine(project, path);
        var text = SourceText.Load(full);
        if (text.Value is not { } source)
        {
            foreach (var problem in text.Diagnostics)
            {
                problems.Add(problem);
            }

            return null;
        }

        var (found, fromIndex) = (false, true);
        foreach (var (number, line) in Logical(source.Text))
        {
            if (line.StartsWith('-'))
            {
                fromIndex &= !line.StartsWith("--no-index", StringComparison.Ordinal);
                if (!Options.Contains(line.Split(' ', '=')[0]))
                {
                    problems.Add(CapsuleTargetDiagnostics.RequirementOption.At(At(full, number), line.Split(' ', '=')[0]));
                }
            }
            else
            {
                found = true;
                if (!Pinned().IsMatch(line))
                {
                    problems.Add(CapsuleTargetDiagnostics.PythonPackageNotPinned.At(At(full, number), line.Split(' ', '=', '<', '>', '~', ';', '[')[0]));
                }
            }
        }

        return found ? new PythonPackages(path, PythonLock.Digest(source.Text), fromIndex) : null;
    }

    private static SourceSpan At(string file, int line) => new(file, line, 1, line, 2);

    /// <summary>Lines with their continuations, without comments and blanks.</summary>
    private static IEnumerable<(int Number, string Line)> Logical(string text)
    {
        var (first, whole) = (0, "");
        foreach (var (index, line) in text.Split('\n').Index())
        {
            var written = Comment().Replace(line.TrimEnd('\r'), "");
            first = whole.Length == 0 ? index + 1 : first;
            if (written.EndsWith('\\'))
            {
                whole += written[..^1];
                continue;
            }

            whole = (whole + written).Trim();
            if (whole.Length > 0)
            {
                yield return (first, whole);
            }

            whole = "";
        }
    }

    [GeneratedRegex(@"(?:^|\s)#.*$", RegexOptions.CultureInvariant)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\A(?:[A-Za-z0-9._-]+(?:\[[^\]]*\])?\s*===?\s*[^\s;*]+|\S+\.whl|[A-Za-z0-9._-]+(?:\[[^\]]*\])?\s*@\s*\S+)(?:\s*;[^#]*?)?(?:\s+--hash[= ]sha256:[0-9a-f]{64})+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pinned();
}
