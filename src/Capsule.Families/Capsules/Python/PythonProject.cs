using Capsule.Core.Diagnostics;
using Capsule.Core.Text;

namespace Capsule.Families.Capsules.Python;

/// <summary>A <c>pyproject.toml</c> (PEP 621) without a lock beside it.</summary>
internal static class PythonProject
{
    /// <summary>Dependencies without a lock are an error at their place.</summary>
    public static void CheckThatNothingIsNeeded(string file, ICollection<Diagnostic> problems)
    {
        var text = SourceText.Load(file);
        var read = text.Value is { } source ? TomlReader.Read(source) : Result.Failed<MappingNode>(text.Diagnostics);
        foreach (var problem in read.Diagnostics)
        {
            problems.Add(problem);
        }

        if ((read.Value?.Find("project")?.Value as MappingNode)?.Find("dependencies") is { Value: SequenceNode { Items.Count: > 0 } } dependencies)
        {
            problems.Add(CapsuleTargetDiagnostics.PythonLockMissing.At(dependencies.KeySpan, Path.GetFileName(file)));
        }
    }
}
