using System.Globalization;
using System.Text.RegularExpressions;
using Capsule.Core.Text;

namespace Capsule.Families.Atoms.Detecting;

/// <summary>Hosts of standards bodies (specs: atoms 9.2, rows 10 to 13). Each has one licence.</summary>
internal static partial class HostRows
{
    private static readonly string[] Ietf = ["rfc-editor.org", "www.rfc-editor.org", "datatracker.ietf.org", "ietf.org", "www.ietf.org"];

    private static readonly string[] Nist = ["csrc.nist.gov", "nvlpubs.nist.gov", "doi.org"];

    public static Finding? Find(ImportedDocument document)
    {
        var address = document.Address;
        if (address.IsFile)
        {
            return null;
        }

        var (host, path) = (address.IdnHost.ToLowerInvariant(), address.AbsolutePath);
        if (Ietf.Contains(host) && Rfc().Match(path) is { Success: true } rfc)
        {
            return RequestForComments.Of(long.Parse(rfc.Groups[1].Value, CultureInfo.InvariantCulture), document);
        }

        if (Nist.Contains(host) && Fips().Match(path) is { Success: true } fips)
        {
            var number = long.Parse(fips.Groups[1].Value, CultureInfo.InvariantCulture);
            return new Finding("FIPS", "fips")
            {
                Slug = string.Create(CultureInfo.InvariantCulture, $"fips-{number}"),
                License = "public-domain",
                Fields = [new("fips_number", Nodes.Integer(number))],
            };
        }

        if (host == "www.w3.org" && W3C().Match(path) is { Success: true } report)
        {
            return new Finding("W3C report", "w3c-spec") { Slug = UrlSlug.Clean(report.Groups[1].Value), License = "W3C" };
        }

        return host == "iso.org" || host.EndsWith(".iso.org", StringComparison.Ordinal)
            ? new Finding("ISO standard", "iso-spec") { License = "ISO", Note = DetectionDiagnostics.IsoText.Now() }
            : null;
    }

    [GeneratedRegex(@"(?<![A-Za-z])rfc-?0*([1-9][0-9]{0,5})(?![0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Rfc();

    [GeneratedRegex(@"(?:NIST\.FIPS\.|fips/)0*([1-9][0-9]{0,5})(?![0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Fips();

    /// <summary>The short name, also behind the year of a dated version: <c>/TR/2004/REC-xmlschema-1-20041028/</c>.</summary>
    [GeneratedRegex(@"\A/TR/(?:[0-9]{4}/(?:[A-Z]+-)?)?([A-Za-z][^/]*?)(?:-[0-9]{8})?(?:/|\z)", RegexOptions.CultureInvariant)]
    private static partial Regex W3C();
}
