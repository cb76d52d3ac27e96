using System.Globalization;

namespace Capsule.Families.Atoms.Classes;

/// <summary>Documents of standards bodies: text, and for FIPS a number.</summary>
internal static class StandardRules
{
    public static void Fips(ClassCheck check)
    {
        Number(check, "fips", "fips_number");
        Text(check);
    }

    /// <summary>Nothing but a text in UTF-8.</summary>
    public static void Text(ClassCheck check) => _ = check.Text;

    /// <summary>The slug is <c>prefix-N</c>, and the field says the same N.</summary>
    public static void Number(ClassCheck check, string prefix, string key)
    {
        if (check.Fields.Any(key) is null)
        {
            check.Fields.RequiredInteger(key);
            return;
        }

        if (check.Fields.Integer(key, 1) is { } number
            && check.Atom.Manifest.Id is { } id
            && id.Value.Split('/')[^1] is var slug
            && slug != $"{prefix}-{number.Value.ToString(CultureInfo.InvariantCulture)}")
        {
            check.Report(number.Span, $"the slug must be '{prefix}-{number.Value}', as '{key}' says, and is '{slug}'", "Make the two agree; the number has no leading zeros.");
        }
    }
}
