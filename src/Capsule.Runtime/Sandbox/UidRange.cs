using System.Globalization;
using Capsule.Core.Diagnostics;

namespace Capsule.Runtime.Sandbox;

/// <summary>User ids that a root runner may give to workloads, written <c>FIRST-LAST</c>. The same numbers serve as group ids.</summary>
/// <param name="First">Smallest id.</param>
/// <param name="Last">Largest id, inclusive.</param>
public sealed record UidRange(int First, int Last)
{
    /// <summary>Below are the system's own accounts.</summary>
    private const int SmallestAllowed = 1000;

    /// <summary>Where everything that owns nothing else meets, so it is never private.</summary>
    private const int Nobody = 65534;

    /// <summary>The 16-bit form of "no id".</summary>
    private const int NoId = 65535;

    public int Count => Last - First + 1;

    /// <summary>Reads the form of the configuration key; refuses system accounts, nobody, and ids that a user of this machine has.</summary>
    public static Result<UidRange> Parse(string text)
    {
        var parts = text.Split('-');
        if (parts.Length != 2
            || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var last))
        {
            return SandboxDiagnostics.UidRangeInvalid.Now(text, "it is not of the form FIRST-LAST");
        }

        var range = new UidRange(first, last);
        return range.Problem() is { } problem ? SandboxDiagnostics.UidRangeInvalid.Now(text, problem) : range;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{First}-{Last}");

    internal string? Problem() => this switch
    {
        _ when Last < First => "its end lies before its start",
        _ when First < SmallestAllowed => "ids below 1000 belong to the system",
        _ when Contains(Nobody) || Contains(NoId) => "it contains 65534 (nobody) or 65535",
        _ => Accounts().FirstOrDefault(a => Contains(a.Uid)) is { Name: { } name } ? $"it contains the id of user '{name}'" : null,
    };

    private static IEnumerable<(string Name, int Uid)> Accounts() =>
        from line in File.Exists("/etc/passwd") ? File.ReadLines("/etc/passwd") : []
        let fields = line.Split(':')
        where fields.Length > 2 && int.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out _)
        select (fields[0], int.Parse(fields[2], CultureInfo.InvariantCulture));

    private bool Contains(int uid) => uid >= First && uid <= Last;
}
