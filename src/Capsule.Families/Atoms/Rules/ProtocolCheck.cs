namespace Capsule.Families.Atoms.Rules;

/// <summary>Imported material says where it comes from and under which licence (specs: atoms 3.1).</summary>
internal static class ProtocolCheck
{
    private static readonly string[] Imported = ["rfc", "w3c-spec", "iso-spec", "fips", "internal-protocol"];

    internal static readonly string[] Licenses = ["IETF Trust", "public-domain", "W3C", "ISO", "MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause"];

    public static void Run(AtomCheck check)
    {
        if (check.Manifest.Protocol is not { } protocol)
        {
            if (PayloadChecks.ClassOf(check) is { } name && Imported.Contains(name) && check.Manifest.Root.Find("protocol") is null)
            {
                check.Report(AtomDiagnostics.Protocol.At(
                    check.Manifest.Source.Whole, $"An atom of the class {name} needs the table [protocol].", "Add [protocol] with 'provenance' and 'license'."));
            }

            return;
        }

        const string Form = "Write the address of the source, then ' — ' and a citation.";
        if (string.IsNullOrWhiteSpace(protocol.Provenance?.Value))
        {
            check.Report(AtomDiagnostics.Protocol.At(protocol.Provenance?.Span ?? protocol.Place, "'protocol.provenance' is missing or empty.", Form));
        }
        else if (!protocol.Provenance.Value.StartsWith("https://", StringComparison.Ordinal) && !protocol.Provenance.Value.StartsWith("http://", StringComparison.Ordinal))
        {
            check.Report(AtomDiagnostics.Protocol.At(protocol.Provenance.Span, $"'protocol.provenance' must start with http:// or https://; this is '{protocol.Provenance.Value}'.", Form));
        }

        string[] known = [.. Licenses, .. check.Catalog.AcceptedLicenses];
        if (string.IsNullOrWhiteSpace(protocol.License?.Value))
        {
            check.Report(AtomDiagnostics.Protocol.At(protocol.License?.Span ?? protocol.Place, "'protocol.license' is missing or empty.", $"Write one of: {string.Join(", ", known)}."));
        }
        else if (!known.Contains(protocol.License.Value))
        {
            check.Report(AtomDiagnostics.Protocol.At(
                protocol.License.Span, $"The licence '{protocol.License.Value}' is not known.", $"Write one of {string.Join(", ", known)}, or add it to licensing.accepted_upstream in ATOMS.yml."));
        }
    }
}
