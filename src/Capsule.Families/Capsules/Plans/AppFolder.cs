using Capsule.Core.Plans;

namespace Capsule.Families.Capsules.Plans;

/// <summary>Where the package stands inside a capsule's sandbox, read-only.</summary>
internal static class AppFolder
{
    private const string Root = "/app";

    public static MountPlan Mount { get; } = new() { Id = "app", Kind = MountKind.Tree, Source = "", Target = Root, Exec = true };

    /// <summary>A path of the package as the program sees it.</summary>
    public static string Path(string path) => path.Length == 0 ? Root : $"{Root}/{path}";
}
