using System.Globalization;
using System.Text.RegularExpressions;
using Capsule.Core.Text;

namespace Capsule.Families.Atoms.Classes;

/// <summary>RFCs: number, dates and status as the RFC Editor has them.</summary>
internal static partial class RfcRules
{
    internal static readonly string[] Statuses = ["STANDARDS TRACK", "BCP", "INFORMATIONAL", "EXPERIMENTAL", "HISTORIC"];

    public static void Check(ClassCheck check)
    {
        StandardRules.Number(check, "rfc", "rfc_number");
        check.Needs("title");
        DocumentRules.Authors(check);
        if (check.Needs("published_date") is { } date && !IsDate(date.Value))
        {
            check.Report(date.Span, $"'published_date' cannot be '{date.Value}'", "Write a month such as 1996-02, or a day such as 1996-02-01.");
        }

        if (check.Needs("status") is { } status && !Statuses.Contains(status.Value))
        {
            if (status.Value == "STANDARDS_TRACK")
            {
                check.Note(status.Span, "'STANDARDS_TRACK' stands for 'STANDARDS TRACK'", "Write it with a space.");
            }
            else
            {
                check.Report(status.Span, $"'status' cannot be '{status.Value}'", $"Write one of: {string.Join(", ", Statuses)}.");
            }
        }

        foreach (var other in (check.Fields.Strings("obsoletes") ?? []).Concat(check.Fields.Strings("obsoleted_by") ?? []).Where(o => !Other().IsMatch(o.Value)))
        {
            check.Report(other.Span, $"'{other.Path.Text}' cannot be '{other.Value}'", "Write for example \"RFC 1597\".");
        }

        foreach (var erratum in (check.Fields.List("errata_ids") ?? []).Where(e => e.Value is not ScalarNode { Kind: ScalarKind.Integer }))
        {
            check.Report(erratum.Span, $"'{erratum.Path.Text}' must be an integer", "Write the number of the erratum.");
        }

        Protocol(check);
        _ = check.Text;
    }

    private static void Protocol(ClassCheck check)
    {
        if (check.Atom.Manifest.Protocol is not { } protocol)
        {
            return;
        }

        if (protocol.Provenance is { } provenance && provenance.Value.StartsWith("http", StringComparison.Ordinal)
            && !(Uri.TryCreate(provenance.Value.Split(' ')[0], UriKind.Absolute, out var source) && source.Host == "www.rfc-editor.org"))
        {
            check.Report(provenance.Span, "the provenance must be at www.rfc-editor.org", "Write https://www.rfc-editor.org/rfc/rfcNNNN.");
        }

        if (protocol.License is { } license && license.Value != "IETF Trust")
        {
            check.Report(license.Span, $"the licence cannot be '{license.Value}'", "Write \"IETF Trust\".");
        }
    }

    private static bool IsDate(string text) =>
        DateOnly.TryParseExact(text, ["yyyy-MM", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    [GeneratedRegex(@"\ARFC [1-9][0-9]*\z")]
    private static partial Regex Other();
}
