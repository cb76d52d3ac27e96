using System.CommandLine;
using System.CommandLine.Parsing;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Operations.Consent;

namespace Capsule.Cli.Shell;

/// <summary>How a user agrees to what a package of others asks for: at a terminal, or by the name of the permissions.</summary>
internal sealed class ConsentOptions
{
    private readonly Option<string?> _consent = new("--consent")
    {
        Description = "Agree to exactly these permissions of a package of others and these folders for it, by the hash that 'capsule plan' prints.",
        HelpName = "HASH",
        CustomParser = ReadHash,
    };

    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Ask nothing: run only what was agreed to before, or what --consent names." };

    public IReadOnlyList<Symbol> Symbols => [_consent, _yes];

    /// <summary>True when a person may have to answer.</summary>
    public bool Asks(VerbContext context) => Questions.CanBeAsked(context) && !context.Get(_yes);

    /// <summary>What forbids the package to run; nothing for a project of the user's own.</summary>
    public IReadOnlyList<Diagnostic> Check(VerbContext context, RunTarget target, Grants grants) =>
        target.Subject is { } subject && target.Compiled.Launch is { } plan
            ? ConsentCheck.Check(new ConsentRequest
            {
                Home = context.Home,
                Subject = subject,
                Plan = plan,
                Grants = grants,
                Named = context.Get(_consent),
                Ask = Asks(context) ? question => Ask(context.Terminal, question) : null,
            })
            : [];

    private static string? ReadHash(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (text.Length == 64 && text.All(char.IsAsciiHexDigitLower))
        {
            return text;
        }

        result.AddError($"'{text}' names no permissions: write the 64 lower-case hex digits that 'capsule plan' prints.");
        return null;
    }

    /// <summary>A person sees every permission and every folder, new ones marked where something was agreed to before.</summary>
    private static bool Ask(Terminal terminal, ConsentQuestion question)
    {
        var known = question.Before != ConsentRecord.None;
        terminal.Error.WriteLine(TerminalText.Line(question.Content is null
            ? $"{question.Package} {question.Version}, signed by {(question.Signers.Count > 0 ? string.Join(", ", question.Signers) : "nobody")}"
            : $"{question.Package}, {question.Version}, a stranger's: nobody has checked who made it"));
        terminal.Error.WriteLine(
            !known ? "  It has not run here before. It asks for:"
            : question.IsOtherContent ? "  Other content from there has run here before. This one asks for, with a + before what is new:"
            : "  It asks for other things than you agreed to, is given other folders, or others signed it. New is what has a +.");
        if (question.IsEmpty)
        {
            terminal.Error.WriteLine($"  - {ConsentCheck.Nothing}");
        }

        foreach (var permission in question.Asked)
        {
            terminal.Error.WriteLine(TerminalText.Line($"  {(known && question.IsNew(permission) ? '+' : '-')} {permission.Text}"));
        }

        foreach (var given in question.Given)
        {
            terminal.Error.WriteLine(TerminalText.Line($"  {(known && question.IsNew(given) ? '+' : '-')} {given}"));
        }

        return Questions.Ask(terminal, "  Let it?");
    }
}
