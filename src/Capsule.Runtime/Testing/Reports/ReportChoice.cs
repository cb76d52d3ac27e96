using Capsule.Core.Diagnostics;

namespace Capsule.Runtime.Testing.Reports;

/// <summary>How a run is reported, as <c>dotnet test --logger</c> says it: <c>name;Setting=value;…</c>.</summary>
/// <param name="Detail">What the console gets.</param>
/// <param name="Files">The TRX files to write: their names, or null for one made from package and time.</param>
public sealed record ReportChoice(ConsoleDetail Detail, IReadOnlyList<TrxName> Files)
{
    private static readonly Dictionary<string, ConsoleDetail> Details = new(StringComparer.OrdinalIgnoreCase)
    {
        ["quiet"] = ConsoleDetail.Quiet,
        ["minimal"] = ConsoleDetail.Minimal,
        ["normal"] = ConsoleDetail.Normal,
        ["detailed"] = ConsoleDetail.Detailed,
        ["diagnostic"] = ConsoleDetail.Detailed,
        ["q"] = ConsoleDetail.Quiet,
        ["m"] = ConsoleDetail.Minimal,
        ["n"] = ConsoleDetail.Normal,
        ["d"] = ConsoleDetail.Detailed,
        ["diag"] = ConsoleDetail.Detailed,
    };

    /// <summary>Reads loggers; CAP6033 to CAP6035 for what is none.</summary>
    /// <param name="loggers">One text for each <c>--logger</c>.</param>
    /// <param name="verbosity"><c>-v</c> of the .NET CLI, for a console that no logger speaks of; null when it was not given.</param>
    public static Result<ReportChoice> Parse(IReadOnlyList<string> loggers, string? verbosity)
    {
        var problems = new List<Diagnostic>();
        var choice = new ReportChoice(Details.GetValueOrDefault(verbosity ?? "", ConsoleDetail.Minimal), []);
        foreach (var logger in loggers)
        {
            var parts = logger.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            var settings = parts.Skip(1).Select(p => (Name: p.Split('=')[0].Trim(), Value: p.Contains('=', StringComparison.Ordinal) ? p[(p.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim() : "")).ToArray();
            switch (parts.FirstOrDefault()?.ToLowerInvariant())
            {
                case "console":
                    choice = choice with { Detail = Console(settings, choice.Detail, problems) };
                    break;
                case "trx":
                    choice = choice with { Files = [.. choice.Files, Trx(settings, problems)] };
                    break;
                default:
                    problems.Add(ReportDiagnostics.UnknownLogger.Now(parts.FirstOrDefault() ?? ""));
                    break;
            }
        }

        return problems.Count == 0 ? choice : Result.Failed<ReportChoice>(problems);
    }

    private static ConsoleDetail Console((string Name, string Value)[] settings, ConsoleDetail detail, List<Diagnostic> problems)
    {
        foreach (var (name, value) in settings)
        {
            if (!name.Equals("verbosity", StringComparison.OrdinalIgnoreCase))
            {
                problems.Add(ReportDiagnostics.UnknownSetting.Now("console", name, "verbosity"));
            }
            else if (!Details.TryGetValue(value, out detail))
            {
                problems.Add(ReportDiagnostics.BadValue.Now("verbosity", value, "quiet, minimal, normal or detailed"));
            }
        }

        return detail;
    }

    private static TrxName Trx((string Name, string Value)[] settings, List<Diagnostic> problems)
    {
        var file = new TrxName(null, null);
        foreach (var (name, value) in settings)
        {
            if (value.Length == 0 && name.StartsWith("LogFile", StringComparison.OrdinalIgnoreCase))
            {
                problems.Add(ReportDiagnostics.BadValue.Now(name, value, "the name of a file"));
            }

            switch (name.ToLowerInvariant())
            {
                case "logfilename":
                    file = file with { Name = value };
                    break;
                case "logfileprefix":
                    file = file with { Prefix = value };
                    break;
                default:
                    problems.Add(ReportDiagnostics.UnknownSetting.Now("trx", name, "LogFileName and LogFilePrefix"));
                    break;
            }
        }

        return file;
    }
}
