using Capsule.Runtime.Testing.Filters;
using Capsule.Runtime.Testing.Reports;
using Microsoft.Testing.Platform.CommandLine;
using Microsoft.Testing.Platform.Extensions;
using Microsoft.Testing.Platform.Extensions.CommandLine;

namespace Capsule.Cli.Launcher;

/// <summary>
/// What <c>dotnet test</c> takes for the cases of a package in Microsoft.Testing.Platform mode besides the platform's own options.
/// The names are those of the platform's extensions, so that one command line fits a solution.
/// </summary>
internal sealed class PlatformOptions : PlatformExtension, ICommandLineOptionsProvider
{
    public const string Filter = "filter";
    public const string Trx = "report-trx";
    public const string TrxName = "report-trx-filename";

    public IReadOnlyCollection<CommandLineOption> GetCommandLineOptions() =>
    [
        new(Filter, "Runs the cases that the expression matches, for example Name~greets&Kind!=exec.", ArgumentArity.ExactlyOne, isHidden: false),
        new(Trx, "Writes the results as a TRX file.", ArgumentArity.Zero, isHidden: false),
        new(TrxName, "The name of the TRX file.", ArgumentArity.ExactlyOne, isHidden: false),
    ];

    public Task<ValidationResult> ValidateOptionArgumentsAsync(CommandLineOption commandOption, string[] arguments)
    {
        if (commandOption.Name == Filter && CaseExpression.Parse(arguments[0]) is { Succeeded: false } wrong)
        {
            return ValidationResult.InvalidTask(ProblemText.Of(wrong.Diagnostics));
        }

        return ValidationResult.ValidTask;
    }

    public Task<ValidationResult> ValidateCommandLineOptionsAsync(ICommandLineOptions commandLineOptions) =>
        commandLineOptions.IsOptionSet(TrxName) && !commandLineOptions.IsOptionSet(Trx)
            ? ValidationResult.InvalidTask($"--{TrxName} needs --{Trx}.")
            : ValidationResult.ValidTask;
}
