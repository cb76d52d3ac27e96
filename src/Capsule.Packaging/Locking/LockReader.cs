using System.Text.RegularExpressions;
using Capsule.Core.Diagnostics;
using Capsule.Core.Identity;
using Capsule.Core.Text;

namespace Capsule.Packaging.Locking;

/// <summary>Reads a lock; what it does not know it refuses, so that no pin is overlooked.</summary>
internal static partial class LockReader
{
    public static Result<LockFile> Read(SourceText text)
    {
        var toml = TomlReader.Read(text);
        if (!toml.Succeeded)
        {
            return Result.Failed<LockFile>(toml.Diagnostics);
        }

        var problems = new List<Diagnostic>();
        var root = FieldReader.Root(toml.Value, LockDiagnostics.Fields, problems)!;
        if (root.RequiredInteger("version") is { } version && version.Value != LockFile.FormatVersion)
        {
            return LockDiagnostics.NewerFormat.At(version.Span, version.Value);
        }

        var file = new LockFile
        {
            Sdk = root.String("sdk")?.Value,
            Toolchains = [.. (root.Items("toolchain") ?? []).Select(ReadToolchain).OfType<LockedToolchain>()],
            Dependencies = [.. (root.Items("dependency") ?? []).Select(ReadDependency).OfType<LockedDependency>()],
        };
        root.RefuseUnknown();
        RefuseTwice(root, "toolchain", problems);
        RefuseTwice(root, "dependency", problems);
        return problems.Count > 0 ? Result.Failed<LockFile>(problems) : file;
    }

    private static LockedToolchain? ReadToolchain(FieldReader fields)
    {
        var name = NotEmpty(fields, fields.RequiredString("name"));
        var wanted = fields.String("wanted");
        var version = NotEmpty(fields, fields.RequiredString("version"));
        var packages = fields.RequiredMapping("packages") is null ? null : fields.StringMap("packages");
        fields.RefuseUnknown();
        foreach (var (key, value) in packages ?? [])
        {
            if (!NpmName().IsMatch(key.Value))
            {
                fields.Report(LockDiagnostics.PackageName.At(key.Span, key.Value));
            }

            if (!IsIntegrity(value.Value))
            {
                fields.Report(LockDiagnostics.BadIntegrity.At(value.Span, value.Value));
            }
        }

        return name is null || version is null || packages is null ? null
            : new LockedToolchain(name.Value, wanted?.Value, version.Value, packages.ToDictionary(p => p.Key.Value, p => p.Value.Value, StringComparer.Ordinal));
    }

    private static LockedDependency? ReadDependency(FieldReader fields)
    {
        var name = NotEmpty(fields, fields.RequiredString("name"));
        var version = NotEmpty(fields, fields.String("version"));
        var git = NotEmpty(fields, fields.String("git"));
        var wanted = fields.String("wanted");
        var commit = fields.String("commit");
        var folder = fields.String("folder");
        var tree = fields.RequiredString("tree");
        fields.RefuseUnknown();
        if (tree is not null && !TreeIdentity.Digest(tree.Value).Succeeded)
        {
            fields.Report(LockDiagnostics.BadIdentity.At(tree.Span, tree.Value));
        }

        if (commit is not null && !Commit().IsMatch(commit.Value))
        {
            fields.Report(LockDiagnostics.BadCommit.At(commit.Span, commit.Value));
        }

        if (name is not null && (version is null == git is null || git is null != commit is null || ((folder ?? wanted) is not null && git is null)))
        {
            fields.Report(LockDiagnostics.DependencySource.At(name.Span, name.Value));
        }

        return name is null || tree is null ? null
            : new LockedDependency(name.Value, tree.Value) { Version = version?.Value, Git = git?.Value, Wanted = wanted?.Value, Commit = commit?.Value, Folder = folder?.Value };
    }

    private static Field<string>? NotEmpty(FieldReader fields, Field<string>? field)
    {
        if (field is { Value: "" })
        {
            fields.Report(LockDiagnostics.Empty.At(field.Span, field.Path.Text));
            return null;
        }

        return field;
    }

    private static void RefuseTwice(FieldReader root, string list, List<Diagnostic> problems)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in root.Node.Find(list)?.Value is SequenceNode sequence ? sequence.Items : [])
        {
            if (item is MappingNode map && map.Find("name")?.Value is ScalarNode { Value: string name } place && !names.Add(name))
            {
                problems.Add(LockDiagnostics.Duplicate.At(place.Span, name));
            }
        }
    }

    private static bool IsIntegrity(string text)
    {
        Span<byte> digest = stackalloc byte[64];
        return text.StartsWith("sha512-", StringComparison.Ordinal) && text.Length == 95
            && Convert.TryFromBase64String(text["sha512-".Length..], digest, out var length) && length == 64
            && Convert.ToBase64String(digest) == text["sha512-".Length..];
    }

    [GeneratedRegex(@"\A(@[a-z0-9][a-z0-9._-]*/)?[a-z0-9][a-z0-9._-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex NpmName();

    [GeneratedRegex(@"\A([0-9a-f]{40}|[0-9a-f]{64})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Commit();
}
