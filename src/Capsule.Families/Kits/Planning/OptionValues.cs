using Capsule.Core.Diagnostics;
using Capsule.Families.Kits.Model;
using Capsule.Families.Kits.Rules;

namespace Capsule.Families.Kits.Planning;

/// <summary>The value of each option for one run: the one given, else the default (specs: kits 1.6).</summary>
internal static class OptionValues
{
    /// <summary>Values by option id; an option without default that nothing is given for is left out.</summary>
    public static Result<IReadOnlyDictionary<string, string>> Resolve(KitManifest kit, IReadOnlyDictionary<string, string> given)
    {
        var unknown = given.Keys
            .Where(id => kit.FindOption(id) is null)
            .Order(StringComparer.Ordinal)
            .Select(id => KitDiagnostics.UnknownOptionGiven.Now(id, Listed.Names(kit.Options.Select(o => o.Id.Value))));
        var wrong = kit.Options
            .Where(o => given.TryGetValue(o.Id.Value, out var text) && !OptionValue.Accepts(o, text))
            .Select(o => KitDiagnostics.OptionValue.At(o.Id.Span, o.Id.Value, given[o.Id.Value], OptionValue.Describe(o)));
        Diagnostic[] problems = [.. unknown, .. wrong];
        if (problems.Length > 0)
        {
            return Result.Failed<IReadOnlyDictionary<string, string>>(problems);
        }

        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var option in kit.Options)
        {
            if (given.TryGetValue(option.Id.Value, out var text))
            {
                values[option.Id.Value] = text;
            }
            else if (option.Default is { } field)
            {
                values[option.Id.Value] = OptionValue.Text(field.Value);
            }
        }

        return values;
    }

    /// <summary>The required options that have no value.</summary>
    /// <param name="kit">Whose options.</param>
    /// <param name="values">Those that have one.</param>
    /// <param name="dependency">The Kit's name in the run; empty for the Kit itself.</param>
    public static IEnumerable<Diagnostic> MissingToRun(KitManifest kit, IReadOnlyDictionary<string, string> values, string dependency = "") =>
        kit.Options.Where(o => o.Required && !values.ContainsKey(o.Id.Value))
            .Select(o => KitDiagnostics.OptionRequired.At(o.Id.Span, dependency.Length == 0 ? o.Id.Value : $"{dependency}.{o.Id.Value}"));
}
