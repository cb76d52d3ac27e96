using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Capsule.Core.Diagnostics;
using Capsule.Core.Identity;
using Capsule.Trust.Quorum;

namespace Capsule.Cli.Shell;

/// <summary>What decides whether a package is trusted, and the question a person is asked where no rule does.</summary>
internal sealed class TrustOptions
{
    private readonly Option<string?> _file = CommonOptions.Trust();
    private readonly Option<string?> _identity = new("--identity")
    {
        Description = "Trust exactly this content: capsule-tree/1: and 64 hex digits.",
        HelpName = "IDENTITY",
        CustomParser = ReadIdentity,
    };

    public IReadOnlyList<Symbol> Symbols => [_file, _identity];

    public string? Identity(VerbContext context) => context.Get(_identity);

    public Result<TrustContext> Open(VerbContext context) =>
        TrustContext.Open(context.Home.Root, context.Get(_file) is { } file ? [context.FullPath(file)] : []);

    private static string? ReadIdentity(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (TreeIdentity.Digest(text).Succeeded)
        {
            return text;
        }

        result.AddError($"'{text}' is not an identity: write {TreeIdentity.Format}: and 64 lower-case hex digits, as 'capsule tree' prints it.");
        return null;
    }

    /// <summary>Null where nobody can answer: then what would be asked is refused.</summary>
    public static Func<TrustQuestion, bool>? Asker(VerbContext context) =>
        Questions.CanBeAsked(context) ? question => Ask(context.Terminal, question) : null;

    private static bool Ask(Terminal terminal, TrustQuestion question)
    {
        var package = question.Package;
        terminal.Error.WriteLine($"{package.Scope}/{package.Name} {package.Version} ({package.Family})");
        terminal.Error.WriteLine($"  {package.Identity}");
        terminal.Error.WriteLine(question.Reason switch
        {
            TrustReason.Unsigned => "  Nobody has signed it, and no rule of yours covers it.",
            TrustReason.UnknownSigners => "  It is signed by keys that you see for the first time:",
            _ => "  Not everyone has signed who signed before. Signed now:",
        });
        foreach (var key in question.Signers)
        {
            terminal.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {key.Algorithm.Name} {key.Fingerprint}"));
        }

        foreach (var key in question.Missing)
        {
            terminal.Error.WriteLine($"    missing: {key.Algorithm.Name} {key.Fingerprint}");
        }

        return Questions.Ask(terminal, "  Trust it from now on?");
    }
}
