using Capsule.Core.Text;

namespace Capsule.Families.Atoms.Classes;

/// <summary>A GraphQL schema in its definition language (GraphQL, October 2021, section 3), with a type to start a query from.</summary>
internal static class GraphqlRules
{
    private static readonly string[] Roots = ["Query", "Mutation", "Subscription"];

    public static void Check(ClassCheck check)
    {
        if (check.Text is not { } text)
        {
            return;
        }

        var document = GraphqlDocument.Read(text.Text);
        if (document.Problem is { } problem)
        {
            check.Report(new LineMap(text).Span(document.Offset, document.Offset), $"the asset is no GraphQL schema: {problem}", "Correct this place.");
        }
        else if (!document.HasRootOperation && !document.ObjectTypes.Overlaps(Roots))
        {
            check.Report(check.AssetPlace, "the asset must define at least one of Query, Mutation and Subscription", "Add the type, or name another one in 'schema { query: … }'.");
        }
    }
}
