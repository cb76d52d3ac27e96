using Capsule.Core.Plans;

namespace Capsule.Families.Capsules.Plans;

/// <summary>What a program may write to: a home that is kept, a cache that may vanish, and memory that is gone when it stops.</summary>
internal static class PrivateFolders
{
    public const string Home = "/home/capsule";
    public const string Cache = "/var/cache/capsule";
    public const string Temporary = "/tmp";

    public static IReadOnlyList<MountPlan> With(MountPlan program) =>
    [
        program,
        new MountPlan { Id = "home", Kind = MountKind.State, Target = Home, Access = MountAccess.ReadWrite, Exec = true },
        new MountPlan { Id = "cache", Kind = MountKind.Cache, Target = Cache, Access = MountAccess.ReadWrite, Exec = true },
        new MountPlan { Id = "tmp", Kind = MountKind.Tmp, Target = Temporary, Access = MountAccess.ReadWrite, Exec = true },
    ];

    public static SortedDictionary<string, string> Env() => new(StringComparer.Ordinal)
    {
        ["HOME"] = Home,
        ["TMPDIR"] = Temporary,
        ["XDG_CACHE_HOME"] = Cache,
    };
}
