namespace Capsule.EndToEnd.Tests.Sdk;

/// <summary>A CAPSULE_HOME that all test runs on this machine share, so that toolchains are fetched once.</summary>
internal static class Home
{
    private static readonly Lazy<string> Made = new(Make);

    public static string WithToolchains() => Made.Value;

    private static string Make()
    {
        var home = Path.Combine(Path.GetTempPath(), $"capsule-test-toolchains-{Environment.UserName}");
        Directory.CreateDirectory(home);
        if (Environment.IsPrivilegedProcess)
        {
            // A workload never runs as root: the runner takes its user ids from this range. Whoever reads meanwhile finds all of it.
            var settings = Path.Combine(home, "config.toml");
            var whole = $"{settings}.{Environment.ProcessId}";
            File.WriteAllText(whole, "[sandbox]\nuid_range = \"200000-200999\"\n");
            File.Move(whole, settings, overwrite: true);
        }

        return home;
    }
}
