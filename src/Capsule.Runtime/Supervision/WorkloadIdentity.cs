using System.Text;

namespace Capsule.Runtime.Supervision;

/// <summary>
/// Who a process of a run is, as a SPIFFE id: <c>spiffe://capsule.localhost/&lt;family&gt;/&lt;package&gt;/&lt;run&gt;/&lt;cell&gt;/&lt;process&gt;</c>
/// (specs: kits 9). On one machine the socket that a call comes from proves it, so no certificate does.
/// </summary>
public static class WorkloadIdentity
{
    /// <summary>Names that are no trust domain of anybody's: what is said here holds on this machine alone.</summary>
    public const string TrustDomain = "capsule.localhost";

    /// <summary>The id of a process of a run, or of the runner itself (<see cref="LogLine.Runner"/>).</summary>
    public static string Of(RunRecord run, string process)
    {
        var text = new StringBuilder("spiffe://").Append(TrustDomain);
        foreach (var part in new[] { run.Package.Family, run.Package.Scope, run.Package.Name, run.Id }.OfType<string>().Concat(process.Split('/')))
        {
            text.Append('/').Append(Segment(part));
        }

        return text.ToString();
    }

    /// <summary>SPIFFE allows letters, digits, dots, dashes and underscores in a segment, and neither <c>.</c> nor <c>..</c>.</summary>
    private static string Segment(string part)
    {
        var allowed = string.Concat(part.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_'));
        return allowed is "" or "." or ".." ? "_" : allowed;
    }
}
