namespace Capsule.Tests;

/// <summary>
/// The conformance data that CAPSULE_VECTORS points at. In a bare clone the suites that need it are left out;
/// with CI=true its absence is a failure.
/// </summary>
internal static class Vectors
{
    /// <summary>For rows of data, which cannot leave a test out. In CI they ask for the folder and fail.</summary>
    public static bool Exist => Given is not null || MustExist;

    private static string? Given => Environment.GetEnvironmentVariable("CAPSULE_VECTORS") is { Length: > 0 } root && Directory.Exists(root) ? root : null;

    private static bool MustExist => Environment.GetEnvironmentVariable("CI") == "true";

    public static string Root
    {
        get
        {
            if (Given is { } root)
            {
                return root;
            }

            if (MustExist)
            {
                Assert.Fail("CAPSULE_VECTORS does not name the folder with the conformance data.");
            }

            Assert.Inconclusive("CAPSULE_VECTORS is not set: the conformance data is left out.");
            return "";
        }
    }

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    /// <summary>Manifests by others, beside the vectors.</summary>
    public static string Sample(params string[] parts) =>
        System.IO.Path.Combine([System.IO.Path.GetDirectoryName(System.IO.Path.TrimEndingDirectorySeparator(Root))!, "samples", .. parts]);
}
