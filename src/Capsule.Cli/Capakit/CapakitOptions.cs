using System.CommandLine;

namespace Capsule.Cli.Capakit;

/// <summary>The options that every command of <c>capakit</c> takes.</summary>
internal sealed class CapakitOptions
{
    public Option<string?> Output { get; } = CapakitSettings.Of("--output", "How answers are printed; CAPAKIT_OUTPUT_FORMAT otherwise.", "text|json", isFormat: true);

    public Option<string?> LogDetails { get; } = CapakitSettings.Of("--log-details", "What log lines show beside their text; CAPAKIT_LOG_DETAILS otherwise.", "lineage|fields|all|none", isFormat: false);

    public Option<bool> Verbose { get; } = new("--verbose") { Description = "Show more of the log, and what test cases ask to show.", Recursive = true };

    public IReadOnlyList<Option> All => [Output, Verbose, LogDetails];
}
