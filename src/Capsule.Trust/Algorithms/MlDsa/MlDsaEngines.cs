namespace Capsule.Trust.Algorithms.MlDsa;

/// <summary>The engines that there are here.</summary>
internal static class MlDsaEngines
{
    public static readonly IMlDsaEngine Managed = new ManagedMlDsa();

    /// <summary>Null where the operating system has no ML-DSA.</summary>
    public static readonly IMlDsaEngine? Platform = PlatformMlDsa.IsSupported ? new PlatformMlDsa() : null;

    /// <summary>The operating system's where it has one.</summary>
    public static readonly IMlDsaEngine Preferred = Platform ?? Managed;

    public static IReadOnlyList<IMlDsaEngine> All => Platform is null ? [Managed] : [Managed, Platform];
}
