using Capsule.Core.Text;

namespace Capsule.Families.Atoms.Rules;

/// <summary>Checks 6, 7 and 8: the class is declared, the asset is there, conforms_to is known.</summary>
internal static class PayloadChecks
{
    private const string Vocabulary = "controlled-vocabulary";

    public static void Run(AtomCheck check)
    {
        if (check.Manifest.Payload is not { } payload)
        {
            return;
        }

        if (payload.Section != "spec" && ClassOf(check) is { } implied)
        {
            check.Report(AtomNoticeDiagnostics.PayloadNotSpec.At(payload.Place, payload.Section, implied));
        }

        Class(check);
        Asset(check);
        if (payload.AssetSource is { } source)
        {
            AssetFile.Check(check, source);
        }

        if (EnvelopeChecks.Reference(check, payload.ConformsTo) is { } reference
            && reference.ToString() != check.Manifest.Reference?.ToString()
            && check.Catalog.Find(reference) is null
            && !check.Options.IsKnownElsewhere(reference))
        {
            check.Report(AtomDiagnostics.UnresolvedConformsTo.At(payload.ConformsTo!.Span, reference));
        }
    }

    /// <summary>The class of an atom: as the payload states it, else as the folder or the id says.</summary>
    public static string? ClassOf(AtomCheck check) =>
        check.Manifest.Payload?.Class?.Value ?? check.Place?.Class ?? check.Manifest.Id?.Value.Split('/') switch { [_, var middle, _] => middle, _ => null };

    private static void Class(AtomCheck check)
    {
        var stated = check.Manifest.Payload!.Class;
        if (ClassOf(check) is not { } name)
        {
            return;
        }

        var span = stated?.Span ?? check.Manifest.Payload.Place;
        if (!check.Catalog.Classes.Contains(name))
        {
            check.Report(AtomDiagnostics.UndeclaredClass.At(
                span, name, check.Catalog.Classes.Count == 0 ? "Add it to atom_types, which is empty." : $"Add it to atom_types. {Spelling.Suggest(name, [.. check.Catalog.Classes], "Declared")}"));
        }

        if (stated is not null && check.Place is { } place && place.Class != stated.Value)
        {
            check.Report(AtomDiagnostics.Payload.At(span, $"The class is '{stated.Value}', but the atom lies in the folder of the class '{place.Class}'.", "Correct the class, or move the atom."));
        }
    }

    private static void Asset(AtomCheck check)
    {
        var payload = check.Manifest.Payload!;
        if (payload.InlineValues is { } values && ClassOf(check) == Vocabulary)
        {
            if (payload.Asset is { } extra)
            {
                check.Report(AtomDiagnostics.Asset.At(extra.Span, extra.Value, "the atom has inline_values, and then no asset"));
            }

            if (values.Count is 0 or > 5)
            {
                check.Report(AtomDiagnostics.Asset.At(payload.Place, "inline_values", $"there must be 1 to 5 of them, and there are {values.Count}"));
            }
        }
        else if (payload.Asset is { } asset)
        {
            AssetFile.Check(check, asset);
        }
        else if (payload.Fields.Node.Find("asset")?.Value is null or ScalarNode { Kind: ScalarKind.String })
        {
            check.Report(AtomDiagnostics.Missing.At(payload.Fields.Node.Find("asset")?.Value.Span ?? payload.Place, $"{payload.Section}.asset", $"'{payload.Section}'", "asset"));
        }
    }
}
