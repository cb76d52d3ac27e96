using System.Text.RegularExpressions;
using Capsule.Core.Text;
using Capsule.Families.Kits.Model;
using Capsule.Families.Kits.Shapes;

namespace Capsule.Families.Kits.Reading;

/// <summary>Reads a lifecycle command (specs: kits 1.3).</summary>
internal static partial class CommandReader
{
    public static KitCommand? Read(FieldReader parent, string key)
    {
        if (parent.Mapping(key) is not { } at)
        {
            return null;
        }

        var command = ManifestText.RequiredLine(at, "command");
        var env = Literals(at);
        var fromOptions = at.StringMap("env_from_options") ?? [];
        foreach (var name in env.Concat(fromOptions).Select(v => v.Key).Where(n => !NameGrammar().IsMatch(n.Value)))
        {
            at.Report(KitDiagnostics.EnvName.At(name.Span, name.Value));
        }

        var network = at.Choice("network", CommandShape.Networks);
        var hosts = EgressReader.Read(at);
        RemovedForms.Check(at, "allow_network");
        at.RefuseUnknown();
        return command is null
            ? null
            : new KitCommand { Command = command, Env = env, EnvFromOptions = fromOptions, Network = network, EgressAllow = hosts, Path = at.Path, Span = at.Place };
    }

    /// <summary>A number or boolean counts as the text it is written as: 8080 stays 8080, and 1.0 stays 1.0.</summary>
    private static List<NamedField<Field<string>>> Literals(FieldReader at)
    {
        var found = new List<NamedField<Field<string>>>();
        foreach (var (key, value) in at.AnyMap("env") ?? [])
        {
            if (value.Value is not ScalarNode scalar)
            {
                at.Report(KitDiagnostics.WrongType.At(value.Span, value.Path.Text, "a string", NodeWords.Describe(value.Value)));
                continue;
            }

            var text = new Field<string>(scalar.Value as string ?? scalar.Raw, value.Span, value.Path);
            if (ManifestText.IsPrintable(at, text))
            {
                found.Add(new NamedField<Field<string>>(key, text));
            }
        }

        return found;
    }

    [GeneratedRegex(@"\A(?:" + KitTexts.VariablePattern + @")\z", RegexOptions.CultureInvariant)]
    private static partial Regex NameGrammar();
}
