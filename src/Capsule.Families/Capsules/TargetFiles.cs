using Capsule.Core.Diagnostics;
using Capsule.Families.Capsules.Deno;
using Capsule.Families.Capsules.Programs;
using Capsule.Families.Capsules.Python;

namespace Capsule.Families.Capsules;

/// <summary>Where a target's entrypoint and working folder lie in the project, as package paths.</summary>
/// <param name="Target">The target.</param>
/// <param name="Entrypoint">The file or folder, empty for the project folder.</param>
/// <param name="IsFolder">True when the entrypoint is a folder.</param>
/// <param name="WorkingFolder">The folder to start in, empty for the project folder.</param>
internal sealed record TargetFiles(CapsuleTarget Target, string Entrypoint, bool IsFolder, string WorkingFolder)
{
    /// <summary>What the entrypoint of a native target is; null for other targets.</summary>
    public NativeProgram? Native { get; private init; }

    /// <summary>The packages of a Python program; null when it needs none.</summary>
    public PythonPackages? PythonPackages { get; private init; }

    /// <summary>The lock of a Deno program; null when it has none.</summary>
    public DenoPackages? DenoPackages { get; private init; }

    /// <summary>Older capsules keep their program in this folder; an entrypoint that is not beside the manifest is looked for here.</summary>
    private const string SourceFolder = "source";

    /// <summary>Null, with a problem, when the entrypoint is missing or outside the project.</summary>
    public static TargetFiles? Find(CapsuleTarget target, string project, ICollection<Diagnostic> problems)
    {
        if (target.StartsServices)
        {
            var start = Working(target, project, Directory.Exists(Path.Combine(project, SourceFolder)) ? SourceFolder : "", problems);
            return new TargetFiles(target, "", IsFolder: true, start)
            {
                DenoPackages = DenoPackages.Find(project, ProjectPath.Join(start, "main"), problems),
                PythonPackages = PythonPackages.Find(project, ProjectPath.Join(start, "main"), problems),
            };
        }

        if (target.Entrypoint is not { } written || string.IsNullOrWhiteSpace(written.Value))
        {
            return null;
        }

        if (ProjectPath.Normalise(written.Value) is not { } path)
        {
            problems.Add(CapsuleTargetDiagnostics.EntrypointOutside.At(written.Span, written.Value));
            return null;
        }

        var root = !Path.Exists(Path.Combine(project, path)) && Path.Exists(Path.Combine(project, SourceFolder, path)) ? SourceFolder : "";
        var entrypoint = ProjectPath.Join(root, path);
        var full = Path.Combine(project, entrypoint);
        var isFolder = Directory.Exists(full);
        if (!isFolder && !File.Exists(full))
        {
            problems.Add(CapsuleTargetDiagnostics.EntrypointNotFound.At(written.Span, written.Value));
            return null;
        }

        if (isFolder && target.EffectiveDriver != "static")
        {
            problems.Add(CapsuleTargetDiagnostics.EntrypointIsFolder.At(written.Span, written.Value, target.EffectiveDriver));
            return null;
        }

        var native = target.EffectiveDriver == "native" ? NativeProgram.Find(full) : null;
        if (target.EffectiveDriver == "native" && native is null)
        {
            problems.Add(CapsuleTargetDiagnostics.NotAProgram.At(written.Span, written.Value));
            return null;
        }

        return new TargetFiles(target, entrypoint, isFolder, Working(target, project, root, problems))
        {
            Native = native,
            DenoPackages = target.EffectiveDriver == "deno" ? DenoPackages.Find(project, entrypoint, problems) : null,
            PythonPackages = target.EffectiveDriver == "python" || native is { Form: NativeForm.Python }
                ? PythonPackages.Find(project, entrypoint, problems)
                : null,
        };
    }

    /// <summary>The file that a command line of Deno starts: its first word that names one of the project; the working folder when none does.</summary>
    public string ScriptOf(IReadOnlyList<string> words) => words.Skip(1)
        .Select(w => ProjectPath.Normalise(ProjectPath.Join(WorkingFolder, w)))
        .FirstOrDefault(p => p is not null && Path.HasExtension(p)) ?? WorkingFolder;

    private static string Working(CapsuleTarget target, string project, string root, ICollection<Diagnostic> problems)
    {
        if (target.WorkingFolder is not { } written)
        {
            return root;
        }

        if (ProjectPath.Normalise(written.Value) is { } path && Directory.Exists(Path.Combine(project, root, path)))
        {
            return ProjectPath.Join(root, path);
        }

        problems.Add(CapsuleTargetDiagnostics.WorkingFolder.At(written.Span, written.Value));
        return root;
    }
}
