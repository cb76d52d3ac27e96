using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Families.Kits.Model;
using Capsule.Runtime.Relays;

namespace Capsule.Operations.Settings;

/// <summary>The table <c>[relays]</c>: a gateway of the user's, or a server of this machine, in the place of a provider. No Kit can say this.</summary>
internal static class RelaySettings
{
    public static IReadOnlyDictionary<string, Uri> Read(FieldReader root, List<Diagnostic> problems)
    {
        var addresses = new Dictionary<string, Uri>(StringComparer.Ordinal);
        if (root.Mapping("relays") is not { } table)
        {
            return addresses;
        }

        foreach (var kind in RelayKind.All.Keys)
        {
            if (table.String(kind) is not { } text)
            {
                continue;
            }

            if (Uri.TryCreate(text.Value, UriKind.Absolute, out var address) && Problem(address) is null)
            {
                addresses[kind] = address;
            }
            else
            {
                problems.Add(SettingsDiagnostics.RelayAddress.At(text.Span, kind, address is null ? "it is no address" : Problem(address)));
            }
        }

        table.RefuseUnknown();
        return addresses;
    }

    private static string? Problem(Uri address) =>
        address.UserInfo.Length + address.Query.Length + address.Fragment.Length > 0 ? "it holds more than scheme, host, port and path"
        : address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && RelayAddresses.IsLoopback(address)) ? null
        : address.Scheme == Uri.UriSchemeHttp ? "it is plain http, and not on loopback"
        : "it is not https";
}
