using System.Text.RegularExpressions;
using Capsule.Core.Text;
using Capsule.Families.Capsules.Shapes;

namespace Capsule.Families.Capsules;

/// <summary>Reads <c>[targets]</c>: defaults for all targets, and one table per target (specs: ato 1.3).</summary>
internal static partial class CapsuleTargetReader
{
    private const string RequiredNames = "ATO_ORCH_REQUIRED_ENVS";

    public static IReadOnlyList<CapsuleTarget> All(FieldReader root)
    {
        if (root.Mapping("targets") is not { } targets)
        {
            return [];
        }

        targets.Strings("preference");
        if (targets.String("source_digest") is { } digest && !DigestGrammar().IsMatch(digest.Value))
        {
            targets.Report(CapsuleDiagnostics.SourceDigest.At(digest.Span, digest.Value));
        }

        var defaults = new CapsuleTarget
        {
            Label = new Field<string>("", targets.Place, targets.Path),
            Runtime = null,
            Driver = null,
            Port = Port(targets),
            HasPort = targets.Has("port"),
            StartupTimeout = targets.DeclaredInteger("startup_timeout"),
            Env = targets.StringMap("env") ?? [],
            HealthCheck = targets.String("health_check"),
        };
        var found = new List<CapsuleTarget>();
        string[] ownKeys = [.. TargetShape.Targets.Keys];
        foreach (var entry in targets.Node.Entries.Where(e => !ownKeys.Contains(e.Key, StringComparer.Ordinal)))
        {
            if (targets.Mapping(entry.Key) is { } table)
            {
                found.Add(Read(table, new Field<string>(entry.Key, entry.KeySpan, table.Path), defaults));
            }
        }

        return found;
    }

    private static CapsuleTarget Read(FieldReader table, Field<string> label, CapsuleTarget defaults)
    {
        var env = (table.StringMap("env") ?? []).ToList();
        env.AddRange(defaults.Env.Where(d => env.All(e => e.Key.Value != d.Key.Value)));
        var target = new CapsuleTarget
        {
            Label = label,
            Runtime = table.RequiredDeclaredChoice("runtime"),
            Driver = Driver(table),
            HasDriver = table.Has("driver"),
            Language = table.String("language"),
            RuntimeVersion = table.String("runtime_version"),
            Entrypoint = table.String("entrypoint"),
            Cmd = table.Strings("cmd") ?? [],
            Image = table.String("image"),
            Env = [.. env.Where(e => e.Key.Value != RequiredNames)],
            RequiredEnv = [.. table.Strings("required_env") ?? [], .. env.Where(e => e.Key.Value == RequiredNames).SelectMany(e => Names(e.Value))],
            Port = Port(table) ?? defaults.Port,
            HasPort = table.Has("port") || defaults.HasPort,
            WorkingFolder = table.String("working_dir"),
            HealthCheck = table.String("health_check") ?? defaults.HealthCheck,
            StartupTimeout = table.DeclaredInteger("startup_timeout") ?? defaults.StartupTimeout,
            Tools = table.StringMap("runtime_tools") ?? [],
            Public = table.Has("public") ? table.KeySpan("public") : null,
        };
        CapsuleManifestReader.NoEffect(table, TargetShape.KeysWithoutEffect);
        table.RefuseUnknown();
        return target;
    }

    // The removed name has an answer of its own.
    private static Field<string>? Driver(FieldReader table)
    {
        if (table.Node.Find("driver") is not { Value: ScalarNode { Value: "browser_static" } removed })
        {
            return table.DeclaredChoice("driver");
        }

        table.Report(CapsuleTargetDiagnostics.DriverRemoved.At(removed.Span));
        return table.String("driver");
    }

    private static Field<long>? Port(FieldReader table) => table.DeclaredInteger("port");

    private static IEnumerable<Field<string>> Names(Field<string> list) =>
        from name in list.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        select list with { Value = name };

    [GeneratedRegex(@"\A(?:" + CapsuleTexts.DigestPattern + @")\z", RegexOptions.CultureInvariant)]
    private static partial Regex DigestGrammar();
}
