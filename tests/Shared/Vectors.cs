namespace Capsule.Tests;

/// <summary>
/// The conformance data that CAPSULE_VECTORS points at. In a bare clone the suites that need it are left out;
/// with CI=true its absence is a failure.
/// </summary>
internal static class Vectors
{
    public static string Root
    {
        get
        {
            var root = Environment.GetEnvironmentVariable("CAPSULE_VECTORS");
            if (!string.IsNullOrEmpty(root) && Directory.Exists(root))
            {
                return root;
            }

            if (Environment.GetEnvironmentVariable("CI") == "true")
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
