using Capsule.Families.Atoms.Model;

namespace Capsule.Families.Atoms.Classes;

/// <summary>Specifications, grammars and ontologies.</summary>
internal static class DocumentRules
{
    public static void DesignSpec(ClassCheck check)
    {
        check.Needs("title");
        check.Needs("summary");
        check.Needs("conforms_to");
        Authors(check);
        _ = check.Text;
    }

    /// <summary>Each of <c>[[spec.amendments]]</c> says when, who and what.</summary>
    public static void Amendments(ClassCheck check)
    {
        foreach (var amendment in check.Fields.Items("amendments") ?? [])
        {
            foreach (var key in (string[])["author", "summary"])
            {
                AtomReader.Filled(amendment, key, required: true);
            }

            if (amendment.Any("date") is null)
            {
                AtomReader.Filled(amendment, "date", required: true);
            }
        }
    }

    public static void Grammar(ClassCheck check)
    {
        if (check.Text is { } text && string.IsNullOrWhiteSpace(text.Text))
        {
            check.Report(check.AssetPlace, "the grammar must not be empty", "Write the rules into the asset.");
        }

        if (check.Extension == ".abnf")
        {
            check.Note(check.AssetPlace, "the asset is ABNF, a notation of its own", "Say so in a field 'notation'; nothing checks the notation.");
        }
    }

    public static void Ontology(ClassCheck check)
    {
        if (check.Text is { } text
            && !text.Text.Contains("owl:Ontology", StringComparison.Ordinal)
            && !text.Text.Contains("http://www.w3.org/2002/07/owl#Ontology", StringComparison.Ordinal))
        {
            check.Report(check.AssetPlace, "the asset must name an owl:Ontology", "Declare the ontology in it, for example '<https://example.org/o> a owl:Ontology .'");
        }
    }

    /// <summary>At least one author, none of them empty.</summary>
    public static void Authors(ClassCheck check)
    {
        if (check.Fields.RequiredStrings("authors") is { } authors && (authors.Count == 0 || authors.Any(a => string.IsNullOrWhiteSpace(a.Value))))
        {
            check.Atom.Report(AtomDiagnostics.Missing.At(check.Fields.KeySpan("authors")!.Value, check.Fields.Path.Key("authors").Text, check.Fields.Path.Owner, "authors"));
        }
    }
}
