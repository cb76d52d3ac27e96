namespace Capsule.EndToEnd.Tests.Running;

/// <summary>Arguments for unshare(1): namespaces of a test's own, for root and for ordinary users.</summary>
internal static class Namespaces
{
    public static string[] Mount { get; } = Environment.IsPrivilegedProcess ? ["--mount"] : ["--user", "--map-root-user", "--mount"];

    /// <summary>No network at all.</summary>
    public static string[] Offline { get; } = Environment.IsPrivilegedProcess ? ["--net"] : ["--user", "--map-root-user", "--net"];
}
