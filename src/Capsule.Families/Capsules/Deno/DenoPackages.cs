using System.Text.Json;
using Capsule.Core.Diagnostics;
using Capsule.Core.Files;
using Capsule.Core.Text;

namespace Capsule.Families.Capsules.Deno;

/// <summary>The <c>deno.lock</c> of a program and whether it names anything that has to be fetched (design.md 5; specs: ato 1.3).</summary>
/// <param name="Lock">Its path in the project.</param>
/// <param name="Fetches">True when it names packages or remote modules.</param>
internal sealed record DenoPackages(string Lock, bool Fetches)
{
    /// <summary>A program with a thousand packages has a lock of some 500 KiB, three levels deep; a hostile one may not cost more.</summary>
    internal const int LargestLock = 16 << 20;
    private const int DeepestLock = 16;

    private const string LockName = "deno.lock";
    private const string Settings = "deno.json";

    private static readonly string[] Sections = ["specifiers", "npm", "jsr", "remote"];
    private static readonly string[] Remote = ["npm:", "jsr:", "https:", "http:"];

    /// <summary>The nearest lock at or above the entrypoint; null when there is none, with a problem when one is needed.</summary>
    public static DenoPackages? Find(string project, string entrypoint, ICollection<Diagnostic> problems)
    {
        for (var folder = ProjectPath.Parent(entrypoint); ; folder = ProjectPath.Parent(folder))
        {
            var path = ProjectPath.Join(folder, LockName);
            if (File.Exists(Path.Combine(project, path)))
            {
                return Read(project, path, problems);
            }

            if (Path.Combine(project, folder, Settings) is var settings && File.Exists(settings))
            {
                CheckThatNothingIsNeeded(settings, problems);
                return null;
            }

            if (folder.Length == 0)
            {
                return null;
            }
        }
    }

    private static DenoPackages? Read(string project, string path, ICollection<Diagnostic> problems)
    {
        var full = Path.Combine(project, path);
        try
        {
            using var document = JsonDocument.Parse(RegularFile.ReadAllBytes(full, LargestLock), new JsonDocumentOptions { MaxDepth = DeepestLock });
            var root = document.RootElement;
            return new DenoPackages(path, HasAny(root) || (root.TryGetProperty("packages", out var packages) && HasAny(packages)));
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            problems.Add(CapsuleTargetDiagnostics.DenoLock.In(full, path, problem is JsonException or InvalidOperationException ? "it cannot be read as JSON" : problem.Message.TrimEnd('.')));
            return null;
        }
    }

    /// <summary>Its form changed between versions 3 and 4; the sections moved, their names stayed.</summary>
    private static bool HasAny(JsonElement parent) => Sections.Any(s =>
        parent.TryGetProperty(s, out var section) && section.ValueKind == JsonValueKind.Object && section.EnumerateObject().Any());

    private static void CheckThatNothingIsNeeded(string file, ICollection<Diagnostic> problems)
    {
        var text = SourceText.Load(file);
        var read = text.Value is { } source ? JsonReader.Read(source) : Result.Failed<Node>(text.Diagnostics);
        foreach (var problem in read.Diagnostics)
        {
            problems.Add(problem);
        }

        if ((read.Value as MappingNode)?.Find("imports")?.Value is MappingNode imports
            && imports.Entries.FirstOrDefault(e => e.Value is ScalarNode { Value: string to } && Remote.Any(r => to.StartsWith(r, StringComparison.Ordinal))) is { } entry)
        {
            problems.Add(CapsuleTargetDiagnostics.DenoLockMissing.At(entry.KeySpan, entry.Key));
        }
    }
}
