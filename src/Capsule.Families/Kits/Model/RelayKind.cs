namespace Capsule.Families.Kits.Model;

/// <summary>What a Relay does for one provider (specs: kits 1.9).</summary>
/// <param name="Host">The only host that it calls.</param>
/// <param name="Protocol">Of its endpoint.</param>
/// <param name="Header">The header that it writes.</param>
/// <param name="HeaderForm">The header's value, <c>{secret}</c> in it.</param>
public sealed record RelayKind(string Host, string Protocol, string Header, string HeaderForm = "{secret}")
{
    /// <summary>By the name in the manifest.</summary>
    public static IReadOnlyDictionary<string, RelayKind> All { get; } = new Dictionary<string, RelayKind>(StringComparer.Ordinal)
    {
        ["exit_to_open_ai"] = new("api.openai.com", "oaic", "Authorization", "Bearer {secret}"),
        ["exit_to_anthropic"] = new("api.anthropic.com", "http", "x-api-key"),
        ["exit_to_google_ai_studio"] = new("generativelanguage.googleapis.com", "http", "x-goog-api-key"),
    };
}
