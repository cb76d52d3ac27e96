namespace Capsule.EndToEnd.Tests.Sdk;

/// <summary>A CAPSULE_HOME that all test runs on this machine share, so that toolchains are fetched once.</summary>
internal static class Home
{
    public static string WithToolchains()
    {
        var home = Path.Combine(Path.GetTempPath(), $"capsule-test-toolchains-{Environment.UserName}");
        Directory.CreateDirectory(home);
        if (Environment.IsPrivilegedProcess)
        {
            // A workload never runs as root: the runner takes its user ids from this range.
            File.WriteAllText(Path.Combine(home, "config.toml"), "[sandbox]\nuid_range = \"200000-200999\"\n");
        }

        return home;
    }
}
