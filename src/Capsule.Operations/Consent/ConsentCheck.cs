using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Core.Plans.Permissions;

namespace Capsule.Operations.Consent;

/// <summary>
/// Decides whether a package of others may run as it asks to. An installed package that asks for nothing needs nobody's consent; another
/// needs it once, a stranger's for each content, and again when its signers change, it asks for more, or is given another folder. No option stands for a yes: what nobody agreed to
/// has to be named by its hash.
/// </summary>
public static class ConsentCheck
{
    /// <summary>What is said of a package that asks for nothing.</summary>
    public const string Nothing = "nothing but its own files, folders and memory";

    /// <summary>The problems; none when it may run (CAP5430 to CAP5443).</summary>
    public static IReadOnlyList<Diagnostic> Check(ConsentRequest request)
    {
        var subject = request.Subject;
        var file = subject.FileIn(request.Home);
        var before = ConsentFile.Load(file);
        if (!before.Succeeded)
        {
            return before.Diagnostics;
        }

        var question = new ConsentQuestion
        {
            Package = subject.Name,
            Origin = subject.Origin,
            Content = subject.Content,
            Version = subject.Version,
            Signers = subject.Signers,
            PermissionHash = PlanHash.OfPermissions(request.Plan),
            GrantsHash = PlanHash.OfGrants(request.Grants),
            Hash = PlanHash.OfConsent(request.Plan, request.Grants, subject.Content),
            Asked = PermissionSummary.Of(request.Plan),
            Given = GrantSummary.Of(request.Grants),
            Before = before.Value == ConsentRecord.None && subject.Content is not null ? ConsentHistory.Latest(request.Home, subject.Origin) : before.Value,
        };
        if (request.Named is not null && request.Named != question.Hash)
        {
            return [Refusal(ConsentDiagnostics.OtherPermissions, question)];
        }

        if (request.Grants.Gpu && !subject.ByRule)
        {
            return [ConsentDiagnostics.GpuAtFirstUse.Now(question.Package)];
        }

        if ((question.IsEmpty && subject.Content is null) || question.Before.Covers(question))
        {
            return [];
        }

        if (request.Named is null)
        {
            if (request.Ask is null)
            {
                return [Refusal(ConsentDiagnostics.Missing, question)];
            }

            if (!request.Ask(question))
            {
                return [ConsentDiagnostics.Declined.Now(question.Package)];
            }
        }

        ConsentFile.Save(file, question.Before.After(question));
        return [];
    }

    private static Diagnostic Refusal(DiagnosticKind kind, ConsentQuestion question) =>
        // Beside what was agreed to for other content, what is new stands out.
        kind.Now(question.Package, string.Concat((question.IsEmpty ? [Nothing] : question.Asked.Select(p => Marked(question, question.IsNew(p), p.Text)).Concat(question.Given.Select(g => Marked(question, question.IsNew(g), g)))).Select(text => TerminalText.Quote + TerminalText.Line(text))), question.Hash);

    private static string Marked(ConsentQuestion question, bool isNew, string text) =>
        question.IsOtherContent && question.Before != ConsentRecord.None ? $"{(isNew ? '+' : ' ')} {text}" : text;
}
