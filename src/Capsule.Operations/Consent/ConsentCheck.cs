using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Core.Plans.Permissions;

namespace Capsule.Operations.Consent;

/// <summary>
/// Decides whether an installed package may run as it asks to. A package that asks for nothing needs nobody's consent; another
/// needs it once, and again when its signers change, it asks for more, or is given another folder. No option stands for a yes: what nobody agreed to
/// has to be named by its hash.
/// </summary>
public static class ConsentCheck
{
    /// <summary>The problems; none when it may run (CAP5430 to CAP5443).</summary>
    public static IReadOnlyList<Diagnostic> Check(ConsentRequest request)
    {
        var file = PathOf(request);
        var before = ConsentFile.Load(file);
        if (!before.Succeeded)
        {
            return before.Diagnostics;
        }

        var question = new ConsentQuestion
        {
            Package = $"{request.Package.Publisher}/{request.Package.Slug}",
            Version = request.Package.Version,
            Signers = request.Package.Signers,
            PermissionHash = PlanHash.OfPermissions(request.Plan),
            GrantsHash = PlanHash.OfGrants(request.Grants),
            Hash = PlanHash.OfConsent(request.Plan, request.Grants),
            Asked = PermissionSummary.Of(request.Plan),
            Given = GrantSummary.Of(request.Grants),
            Before = before.Value,
        };
        if (request.Named is not null && request.Named != question.Hash)
        {
            return [Refusal(ConsentDiagnostics.OtherPermissions, question)];
        }

        if (request.Grants.Gpu && !request.Package.ByRule)
        {
            return [ConsentDiagnostics.GpuAtFirstUse.Now(question.Package)];
        }

        if ((question.Asked.Count == 0 && question.Given.Count == 0) || question.Before.Covers(question))
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

    private static string PathOf(ConsentRequest request) =>
        Path.Combine(request.Home.Consent, $"{request.Package.Publisher}.{request.Package.Slug}.toml");

    private static Diagnostic Refusal(DiagnosticKind kind, ConsentQuestion question) =>
        kind.Now(question.Package, string.Concat(question.Asked.Select(p => p.Text).Concat(question.Given).Select(text => TerminalText.Quote + TerminalText.Line(text))), question.Hash);
}
