using System.CommandLine;
using Capsule.Cli.Shell;

namespace Capsule.Cli.Commands;

/// <summary>What <c>test</c> takes.</summary>
internal sealed class TestOptions
{
    public Argument<string> Package { get; } = CommonOptions.Package();

    public SelectionOptions Selection { get; } = new();

    public Option<string[]> Filter { get; } = new("--filter") { Description = "Ids of cases, * and ? allowed, or an expression such as Name~greets&Kind!=exec. May be repeated.", HelpName = "ID" };

    public Option<int?> Timeout { get; } = LaunchOptions.Seconds("--timeout", "Seconds that one request or command may take; 60 by default.", 24 * 60 * 60);

    public Option<string?> Trx { get; } = new("--report-trx") { Description = "Write the results to this file as TRX, the XML that CI systems read.", HelpName = "FILE" };

    public Option<string?> JUnit { get; } = new("--report-junit") { Description = "Write the results to this file as JUnit's XML.", HelpName = "FILE" };

    public GrantOptions Grants { get; } = new();

    public SecretOptions Secrets { get; } = new();

    public Option<bool> Locked { get; } = new("--locked") { Description = "Refuse to run without an up-to-date capproj.lock." };

    public LaunchOptions Launch { get; } = new();

    public Option<bool> NoStubs { get; } = new("--no-stubs") { Description = "Put the cases to the real thing, whatever their file stubs." };

    public ModeOption Mode { get; } = new("managed");

    public ConsentOptions Consent { get; } = new();

    public IReadOnlyList<Symbol> Symbols =>
        [Package, .. Selection.Symbols, Filter, Timeout, Trx, JUnit, .. Grants.Symbols, .. Secrets.Symbols, Locked, .. Launch.Symbols, Mode.Symbol, NoStubs, .. Consent.Symbols];
}
