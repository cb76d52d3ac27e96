namespace Capsule.EndToEnd.Tests.Running;

/// <summary>Arguments for unshare(1): a mount namespace of a test's own, for root and for ordinary users.</summary>
internal static class Namespaces
{
    public static string[] Mount { get; } = Environment.IsPrivilegedProcess ? ["--mount"] : ["--user", "--map-root-user", "--mount"];
}
