using Capsule.Core.Diagnostics;

namespace Capsule.Trust.Keys;

/// <summary>A key to sign with and the role it signs in: <c>ROLE=KEY</c>, or <c>KEY</c> for the ordinary role.</summary>
/// <param name="Key">Which key.</param>
/// <param name="Role">The role of the trust file; null when none was written.</param>
public sealed record RoleKey(KeyReference Key, string? Role)
{
    /// <summary>Reads one (CAP3200, CAP3201). What stands before the first '=' is a role when it is a word; paths and programs are none.</summary>
    /// <param name="text">What the user wrote.</param>
    /// <param name="where">The property or option it came from, for messages.</param>
    public static Result<RoleKey> Parse(string text, string where)
    {
        var parts = KeyMaterial.Guard(where, text) is null ? text.Split('=', 2) : [text];
        var (role, name) = parts is [var word, var rest] && KeyStore.IsId(word) ? (word, rest) : (null, text);
        var key = KeyReference.Parse(name, where);
        return key.Succeeded ? new RoleKey(key.Value, role) : Result.Failed<RoleKey>(key.Diagnostics);
    }
}
