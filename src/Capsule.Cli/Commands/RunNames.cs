using System.CommandLine;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Runtime.Supervision;

namespace Capsule.Cli.Commands;

/// <summary>The runs that a verb is about: those that are named, or everything that runs.</summary>
internal static class RunNames
{
    public static readonly DiagnosticKind NoneNamed = new("CAP5545", Severity.Error,
        "No run is named.", "Name one or more that 'capsule ps' lists, or write --all.")
    { Exit = ExitCode.Usage };

    public static readonly DiagnosticKind NamedAndAll = new("CAP5546", Severity.Error,
        "Runs are named beside --all.", "Name runs, or write --all.")
    { Exit = ExitCode.Usage };

    /// <summary>Null when it is clear which are meant.</summary>
    public static Diagnostic? Check(VerbContext context, Argument<string[]> names, Option<bool> all) => (context.Get(names).Length > 0, context.Get(all)) switch
    {
        (false, false) => NoneNamed.Now(),
        (true, true) => NamedAndAll.Now(),
        _ => null,
    };

    public static IEnumerable<string> Of(VerbContext context, Argument<string[]> names, Option<bool> all) =>
        context.Get(all) ? RunList.All(context.Home).Where(r => r.IsAlive).Select(r => r.Record.Id) : context.Get(names);
}
