using Capsule.Core.Text;
using Capsule.Families.Kits.Model;
using Capsule.Families.Kits.Shapes;

namespace Capsule.Families.Kits.Reading;

/// <summary>Reads a dependency on another Kit (specs: kits 1.8).</summary>
internal static class DependencyReader
{
    public static Dependency Read(Field<string> id, FieldReader at)
    {
        ManifestText.Id(at, id);
        var dependency = new Dependency { Id = id };
        if (at.RequiredMapping("source") is { } source)
        {
            dependency = Source(dependency, source);
        }

        dependency = dependency with
        {
            Options = Options(at),
            MountBindings = at.StringMap("mount_bindings") ?? [],
            SecretBindings = at.StringMap("secret_bindings") ?? [],
        };
        foreach (var key in dependency.Options.Select(o => o.Key).Concat(dependency.MountBindings.Concat(dependency.SecretBindings).Select(b => b.Key)))
        {
            ManifestText.Id(at, key);
        }

        at.RefuseUnknown();
        return dependency;
    }

    private static Dependency Source(Dependency dependency, FieldReader at)
    {
        var read = dependency with { Path = Argument(at, "path"), Git = Argument(at, "git"), Ref = Argument(at, "ref") };
        if (RemovedForms.Check(at, "package"))
        {
            at.RefuseUnknown();
            return read;
        }

        if (at.Has("path") == at.Has("git"))
        {
            at.Report(KitDiagnostics.DependencySource.At(at.Place, dependency.Id.Value));
        }
        else if (at.Has("ref") && !at.Has("git"))
        {
            at.Report(KitDiagnostics.RefNeedsGit.At(at.KeySpan("ref")!.Value));
        }

        at.RefuseUnknown();
        return read;
    }

    /// <summary>These become arguments of a program one day, so a leading dash would be a flag of the attacker's choice.</summary>
    private static Field<string>? Argument(FieldReader at, string key)
    {
        var value = ManifestText.Line(at, at.String(key));
        if (value is not null && value.Value.StartsWith('-'))
        {
            at.Report(KitDiagnostics.LeadingDash.At(value.Span, value.Path.Text));
        }

        return value;
    }

    private static List<NamedField<OptionBinding>> Options(FieldReader at)
    {
        var found = new List<NamedField<OptionBinding>>();
        foreach (var (key, value) in at.AnyMap("options") ?? [])
        {
            if (value.Value is ScalarNode scalar)
            {
                found.Add(new(key, new OptionBinding(new Field<string>(scalar.Value as string ?? scalar.Raw, value.Span, value.Path), null)));
            }
            else if (at.Mapping(value, DependencyShape.FromOption) is { } map)
            {
                if (map.RequiredString("from_option") is { } option)
                {
                    found.Add(new(key, new OptionBinding(null, option)));
                }

                map.RefuseUnknown();
            }
        }

        return found;
    }
}
