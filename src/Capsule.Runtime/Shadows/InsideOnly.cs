namespace Capsule.Runtime.Shadows;

/// <summary>Folders that live in the sandbox only (specs: sandbox 2): dependencies, and what builds make. They are not even looked into.</summary>
internal static class InsideOnly
{
    private static readonly HashSet<string> Dependencies = new(StringComparer.OrdinalIgnoreCase)
    {
        "node_modules", "bower_components", "jspm_packages", "venv", "__pycache__", "__pypackages__", "_packages", "_state",
    };

    private static readonly HashSet<string> Output = new(StringComparer.OrdinalIgnoreCase) { "bin", "obj", "artifacts", "dist", "target", "TestResults" };

    /// <summary>Why a folder stays inside; null when it does not.</summary>
    /// <param name="path">Its path, with <c>/</c>.</param>
    /// <param name="name">Its last component.</param>
    /// <param name="sources">Folders with files of the package: one that is called "bin" and has some is no output.</param>
    public static string? Reason(string path, string name, IReadOnlySet<string> sources) =>
        Dependencies.Contains(name) ? "dependencies stay in the sandbox"
        : Output.Contains(name) && !sources.Contains(path) ? "build output stays in the sandbox"
        : null;
}
