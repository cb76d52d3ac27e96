using Capsule.Core.Text;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Envelopes;
using Capsule.Trust.Keys;
using Capsule.Trust.Quorum.Rotation;

namespace Capsule.Trust.Quorum;

/// <summary>Reads <c>[[scope]]</c> tables and refuses those that could never pass or that mean less than they seem to.</summary>
internal static class TrustScopeReader
{
    public static List<TrustScope> Read(IReadOnlyList<FieldReader> tables, IReadOnlyDictionary<string, TrustSigner> signers)
    {
        var scopes = new List<TrustScope>();
        foreach (var table in tables)
        {
            if (ReadScope(table, signers) is not { } scope)
            {
                continue;
            }

            if (scopes.Any(s => s.Match == scope.Match))
            {
                table.Report(PolicyDiagnostics.DuplicateScope.At(table.KeySpan("match") ?? table.Place, scope.Match.Text));
            }

            scopes.Add(scope);
        }

        return scopes;
    }

    private static TrustScope? ReadScope(FieldReader table, IReadOnlyDictionary<string, TrustSigner> signers)
    {
        var match = table.RequiredString("match");
        var pattern = match is null ? null : ScopePattern.Parse(match.Value);
        if (match is not null && pattern is null)
        {
            table.Report(PolicyDiagnostics.MatchMalformed.At(match.Span, match.Value));
        }

        var feeds = Distinct(table, "feeds", table.Strings("feeds"));
        var accept = ReadAccept(table);
        var roles = ReadRoles(table, signers);
        var require = ReadRequire(table, roles);
        var minimum = pattern is null ? [] : ReadMinVersion(table, pattern);
        table.Ignore("min_version");
        table.RefuseUnknown();
        return pattern is null ? null : new TrustScope
        {
            Match = pattern,
            Feeds = feeds ?? [],
            Accept = accept,
            Roles = roles,
            Require = require,
            MinVersion = minimum,
        };
    }

    private static IReadOnlyList<string> ReadAccept(FieldReader table)
    {
        var names = table.Strings("accept");
        foreach (var name in names ?? [])
        {
            if (!SignatureAlgorithms.Names.Contains(name.Value, StringComparer.Ordinal))
            {
                table.Report(PolicyDiagnostics.NotAllowed.At(
                    name.Span, name.Path.Text, name.Value, "", Spelling.Suggest(name.Value, [.. SignatureAlgorithms.Names], "Use one of")));
            }
        }

        return Distinct(table, "accept", names) ?? SignatureAlgorithms.Names;
    }

    private static Dictionary<string, TrustRole> ReadRoles(FieldReader table, IReadOnlyDictionary<string, TrustSigner> signers)
    {
        var roles = new Dictionary<string, TrustRole>(StringComparer.Ordinal);
        foreach (var (name, role) in table.RequiredMappings("roles") ?? [])
        {
            var stated = role.RequiredStrings("signers");
            foreach (var signer in stated ?? [])
            {
                if (!signers.TryGetValue(signer.Value, out var known))
                {
                    role.Report(PolicyDiagnostics.UndefinedSigner.At(signer.Span, name.Value, signer.Value));
                }
                else if (known.Purpose != KeyPurpose.Release)
                {
                    role.Report(PolicyDiagnostics.SignerPurpose.At(signer.Span, signer.Value, known.Purpose.Name()));
                }
                else if (name.Value == RootQuorum.Role && known.Expires.Count > 0)
                {
                    role.Report(PolicyDiagnostics.RootKeyEnds.At(signer.Span, signer.Value));
                }
            }

            var names = Distinct(role, "signers", stated) ?? [];
            var threshold = role.RequiredInteger("threshold", 1, 1000);
            if (threshold is not null && threshold.Value > names.Count && stated is not null)
            {
                role.Report(PolicyDiagnostics.ThresholdTooHigh.At(threshold.Span, name.Value, threshold.Value, names.Count));
            }

            role.RefuseUnknown();
            roles[name.Value] = new TrustRole(names, (int)(threshold?.Value ?? 1));
        }

        return roles;
    }

    private static IReadOnlyList<string> ReadRequire(FieldReader table, Dictionary<string, TrustRole> roles)
    {
        var stated = table.Strings("require");
        foreach (var role in stated ?? [])
        {
            if (!roles.ContainsKey(role.Value))
            {
                table.Report(PolicyDiagnostics.UndefinedRole.At(role.Span, role.Value));
            }
        }

        if (stated is null && roles.Count > 0 && !roles.ContainsKey(ReleasePredicate.DefaultRole))
        {
            table.Report(PolicyDiagnostics.UndefinedRole.At(table.KeySpan("roles") ?? table.Place, ReleasePredicate.DefaultRole));
        }

        return Distinct(table, "require", stated) ?? [ReleasePredicate.DefaultRole];
    }

    private static Dictionary<string, PackageVersion> ReadMinVersion(FieldReader table, ScopePattern pattern)
    {
        var minimum = new Dictionary<string, PackageVersion>(StringComparer.Ordinal);
        foreach (var (package, version) in table.StringMap("min_version") ?? [])
        {
            if (package.Value.Split('/') is [var scope, var name] && pattern.Covers(scope, name)
                && PackageVersion.TryParse(version.Value, out var lowest))
            {
                minimum[package.Value] = lowest;
            }
            else
            {
                table.Report(PolicyDiagnostics.MinVersion.At(version.Span, package.Value, version.Value));
            }
        }

        return minimum;
    }

    /// <summary>The texts of a list; reports those that occur twice, and an empty list.</summary>
    private static List<string>? Distinct(FieldReader table, string key, IReadOnlyList<Field<string>>? fields)
    {
        if (fields is null)
        {
            return null;
        }

        var seen = new List<string>();
        foreach (var field in fields)
        {
            if (seen.Contains(field.Value, StringComparer.Ordinal))
            {
                table.Report(PolicyDiagnostics.DuplicateName.At(field.Span, field.Value));
            }
            else
            {
                seen.Add(field.Value);
            }
        }

        if (fields.Count == 0)
        {
            table.Report(PolicyDiagnostics.EmptyList.At(table.KeySpan(key) ?? table.Place, table.Path.Key(key).Text));
        }

        return seen;
    }
}
