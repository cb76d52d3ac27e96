using Capsule.Core.Plans;
using Capsule.Runtime.Testing.Filters;
using Capsule.Runtime.Testing.Reports;
using Microsoft.Testing.Platform.CommandLine;

namespace Capsule.Cli.Launcher;

/// <summary>What the user chose by <see cref="PlatformOptions"/>; they were checked before.</summary>
/// <param name="Filter">Which cases; null for all.</param>
/// <param name="Trx">The TRX file to write; null for none.</param>
/// <param name="Results">The folder for results; absolute.</param>
internal sealed record PlatformChoice(CaseExpression? Filter, TrxName? Trx, string Results)
{
    /// <summary>When the session began.</summary>
    public DateTimeOffset Started { get; } = DateTimeOffset.UtcNow;


    public static PlatformChoice Of(ICommandLineOptions options, string results) => new(
        options.TryGetOptionArgumentList(PlatformOptions.Filter, out var filter) ? CaseExpression.Parse(filter[0]).Value : null,
        !options.IsOptionSet(PlatformOptions.Trx) ? null
            : new TrxName(options.TryGetOptionArgumentList(PlatformOptions.TrxName, out var name) ? name[0] : null, null),
        results);

    /// <summary>The TRX file to write; null for none.</summary>
    public string? File(PackageReference package) => Trx?.In(Results, package, Started);
}
