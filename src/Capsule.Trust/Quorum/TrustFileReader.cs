using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Trust.Algorithms;

namespace Capsule.Trust.Quorum;

/// <summary>Reads a trust file strictly: every problem with its place, and no policy at all when there is one.</summary>
public static class TrustFileReader
{
    private static readonly FieldKinds Kinds = new()
    {
        WrongType = PolicyDiagnostics.WrongType,
        Unknown = PolicyDiagnostics.Unknown,
        Missing = PolicyDiagnostics.Missing,
        NotAllowed = PolicyDiagnostics.NotAllowed,
        OutOfRange = PolicyDiagnostics.OutOfRange,
    };

    private static readonly IReadOnlyDictionary<string, DefaultRule> Rules = new OrderedDictionary<string, DefaultRule>(StringComparer.Ordinal)
    {
        ["ask"] = DefaultRule.Ask,
        ["refuse"] = DefaultRule.Refuse,
    };

    /// <summary>Reads the file of that path (CAP3100 to CAP3121; CAP3119 stands before the problems of the text itself).</summary>
    public static Result<TrustPolicy> Load(string path)
    {
        var source = SourceText.Load(path);
        return source.Succeeded ? Read(source.Value) : Unreadable(path, source.Diagnostics);
    }

    /// <summary>The same, where no file is the built-in policy.</summary>
    public static Result<TrustPolicy> LoadOrNone(string path) => File.Exists(path) ? Load(path) : TrustPolicy.BuiltIn;

    /// <summary>Reads a text. Key files are relative to the folder of its path.</summary>
    public static Result<TrustPolicy> Read(SourceText source)
    {
        var tree = TomlReader.Read(source);
        if (!tree.Succeeded)
        {
            return Unreadable(source.Path, tree.Diagnostics);
        }

        var problems = new List<Diagnostic>();
        var root = FieldReader.Root(tree.Value, Kinds, problems)!;
        var policy = ReadPolicy(root, source);
        return problems.Count == 0 ? policy : Result.Failed<TrustPolicy>(problems);
    }

    private static TrustPolicy ReadPolicy(FieldReader root, SourceText source)
    {
        var version = root.RequiredInteger("version", 1, 1_000_000_000);
        var expires = ReadExpires(root);
        var defaults = root.Mapping("default");
        var keyFiles = new List<(string, PublicKey)>();
        var signers = TrustSignerReader.Read(root.Mappings("signers") ?? [], Path.GetDirectoryName(source.Path) ?? "", keyFiles);
        var policy = new TrustPolicy
        {
            Path = source.Path,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source.Text))),
            KeyFiles = keyFiles,
            Version = version?.Value ?? 0,
            Expires = expires,
            Unknown = defaults?.Choice("unknown", Rules)?.Value,
            Unsigned = defaults?.Choice("unsigned", Rules)?.Value,
            Signers = signers,
            Scopes = TrustScopeReader.Read(root.Items("scope") ?? [], signers),
            Revoked = [.. (root.Items("revoked") ?? []).Select(ReadRevoked).OfType<RevokedKey>()],
        };
        defaults?.RefuseUnknown();
        root.RefuseUnknown();
        return policy;
    }

    internal static DateTimeOffset? ReadExpires(FieldReader root)
    {
        if (root.Any("expires") is not { } field)
        {
            return null;
        }

        if (field.Value is ScalarNode { Kind: ScalarKind.OffsetDateTime, Value: string text }
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
        {
            return moment;
        }

        root.Report(PolicyDiagnostics.NotADate.At(field.Span, field.Path.Text));
        return null;
    }

    private static RevokedKey? ReadRevoked(FieldReader entry)
    {
        var key = entry.RequiredString("key");
        var reason = entry.String("reason");
        entry.RefuseUnknown();
        if (key is null)
        {
            return null;
        }

        if (!IsFingerprint(key.Value))
        {
            entry.Report(PolicyDiagnostics.RevokedMalformed.At(key.Span, key.Value));
        }

        return new RevokedKey(key.Value, reason?.Value ?? "");
    }

    private static bool IsFingerprint(string text) =>
        text.Length == 71 && text.StartsWith("sha256:", StringComparison.Ordinal) && !text.AsSpan(7).ContainsAnyExcept("0123456789abcdef");

    private static Result<TrustPolicy> Unreadable(string path, IReadOnlyList<Diagnostic> problems) =>
        Result.Failed<TrustPolicy>([PolicyDiagnostics.Unreadable.In(path, path), .. problems]);
}
