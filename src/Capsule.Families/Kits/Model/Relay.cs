using Capsule.Core.Text;

namespace Capsule.Families.Kits.Model;

/// <summary>An attachment that forwards calls to one provider and adds the key (specs: kits 1.9).</summary>
public sealed record Relay(Field<string> Kind, Endpoint Endpoint, Field<string> ApiKeySecret)
{
    /// <summary>The kinds, each with the protocol that its endpoint has.</summary>
    public static IReadOnlyDictionary<string, string> Protocols { get; } = RelayKind.All.ToDictionary(k => k.Key, k => k.Value.Protocol, StringComparer.Ordinal);
}
