using System.CommandLine;
using Capsule.Cli.Shell;

namespace Capsule.Cli.Commands.Mcp;

/// <summary>What the verbs of <c>mcp</c> share: whose endpoint, and what a package is given that is started for the call.</summary>
/// <param name="kit">True for the program that also takes the package as --kit.</param>
internal sealed class McpOptions(bool kit = false)
{
    private readonly Option<string?> _kit = new("--kit") { Description = "The Kit, instead of WHERE.", HelpName = "PATH" };

    public Argument<string> Where { get; } = new("WHERE")
    {
        Description = "A run (its id, its beginning, or the package's name), or a package that is started for this: a folder with a manifest, or publisher/slug[@version].",
        DefaultValueFactory = _ => ".",
    };

    public Option<string?> Path { get; } = new("--path") { Description = "The public path of the MCP endpoint, where there are several and none is the default.", HelpName = "PATH" };

    public SelectionOptions Selection { get; } = new();

    public EnvOptions Env { get; } = new();

    public GrantOptions Grants { get; } = new();

    public SecretOptions Secrets { get; } = new();

    public Option<bool> Locked { get; } = new("--locked") { Description = "Refuse to run without an up-to-date capproj.lock." };

    public LaunchOptions Launch { get; } = new();

    public ConsentOptions Consent { get; } = new();

    public IReadOnlyList<Symbol> Symbols => [Where, Path, .. Start, .. kit ? [_kit] : (Symbol[])[]];

    /// <summary>Whose endpoint.</summary>
    public string Named(VerbContext context) => context.Get(_kit) ?? context.Get(Where);

    /// <summary>The options of this call that mean nothing for a run that lives.</summary>
    public string[] OfAStart(VerbContext context) => [.. Given(context).Where(Start.Contains).Select(o => o.Name)];

    /// <summary>The options that are written in this call.</summary>
    public IEnumerable<Option> Given(VerbContext context) => Symbols.OfType<Option>().Where(o => o != _kit && context.Line.GetResult(o) is { Implicit: false });

    private IReadOnlyList<Symbol> Start =>
        field ??= [.. Selection.Symbols, .. Env.Symbols, .. Grants.Symbols, .. Secrets.Symbols, Locked, .. Launch.Symbols, .. Consent.Symbols];
}
