using System.CommandLine;
using Capsule.Core.Diagnostics;

namespace Capsule.Cli.Capakit;

/// <summary>How <c>capakit</c> is to talk, from its options and variables (reference: capakit, output formats and logging). An option wins.</summary>
internal sealed record CapakitSettings
{
    public const string PolicyVariable = "CAPAKIT_DEBUG_SEATBELT_POLICY";

    private static readonly string[] Formats = ["text", "json"], Details = ["lineage", "fields", "all", "none"], Themes = ["auto", "dark", "light", "mono"];

    public bool Json { get; private init; }

    public bool Verbose { get; private init; }

    /// <summary>Log lines as JSON.</summary>
    public bool JsonLog { get; private init; }

    /// <summary>Show which process a line is from, on which stream, and its number.</summary>
    public bool Lineage { get; private init; }

    /// <summary>Show the fields of structured lines.</summary>
    public bool Fields { get; private init; }

    public string Theme { get; private init; } = "auto";

    /// <summary>Whether each sandbox is to be written down as it is built.</summary>
    public bool Policy { get; } = Environment.GetEnvironmentVariable(PolicyVariable) == "1";

    public static Result<CapakitSettings> Read(CapakitOptions options, ParseResult line)
    {
        var format = Choose("CAPAKIT_OUTPUT_FORMAT", line.GetValue(options.Output), Formats);
        var log = Choose("CAPAKIT_LOG_FORMAT", null, Formats);
        var details = Choose("CAPAKIT_LOG_DETAILS", line.GetValue(options.LogDetails), Details);
        var theme = Choose("CAPAKIT_CLI_THEME", null, Themes);
        Diagnostic[] problems = [.. format.Diagnostics, .. log.Diagnostics, .. details.Diagnostics, .. theme.Diagnostics];
        return problems.Length > 0 ? Result.Failed<CapakitSettings>(problems) : new CapakitSettings
        {
            Json = format.Value == "json",
            Verbose = line.GetValue(options.Verbose),
            JsonLog = log.Value == "json",
            Lineage = details.Value is "lineage" or "all",
            Fields = details.Value is "fields" or "all",
            Theme = theme.Value!.Length > 0 ? theme.Value : "auto",
        };
    }

    /// <summary>Options that the reader of command lines knows the values of.</summary>
    public static Option<string?> Of(string name, string description, string help, bool isFormat)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = help, Recursive = true };
        option.AcceptOnlyFromAmong(isFormat ? Formats : Details);
        return option;
    }

    private static Result<string> Choose(string variable, string? option, string[] values)
    {
        var chosen = option ?? Environment.GetEnvironmentVariable(variable) ?? "";
        return chosen.Length == 0 || values.Contains(chosen) ? chosen : CapakitDiagnostics.BadVariable.Now(variable, chosen, string.Join(", ", values));
    }
}
