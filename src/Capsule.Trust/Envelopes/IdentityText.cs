namespace Capsule.Trust.Envelopes;

/// <summary>The written form of an identity: <c>capsule-tree/1:</c> and 64 lower-case hex digits.</summary>
internal static class IdentityText
{
    private const string Prefix = Subject.TreeName + ":";

    public static bool IsHex(string text) => text.Length == 64 && text.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f'));

    public static string? HexOf(string identity) =>
        identity.StartsWith(Prefix, StringComparison.Ordinal) && IsHex(identity[Prefix.Length..]) ? identity[Prefix.Length..] : null;
}
