using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Core.Files;
using Capsule.Distribution.Release;
using Capsule.Trust;
using Capsule.Trust.Cosigning;
using Capsule.Trust.Envelopes;
using Capsule.Trust.Keys;
using Capsule.Trust.Quorum;

namespace Capsule.Cli.Commands;

/// <summary>Signing on several machines: a request goes out, lines come back (docs: trust.md).</summary>
internal static class Cosigning
{
    private const int MaximumRequest = 1024 * 1024;

    /// <summary>A request is JSON; no package begins like that.</summary>
    public static bool IsRequest(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        using var file = RegularFile.OpenRead(path, bufferSize: 1);
        return file.ReadByte() == '{';
    }

    public static async Task<Answer> RequestAsync(
        VerbContext context, string file, string? publisher, string? version, string output, string[] roles, CancellationToken cancel)
    {
        var (trust, read) = (TrustContext.Open(context.Home.Root), await PackageFile.ReadAsync(file, publisher, version, cancel));
        if (!trust.Succeeded || !read.Succeeded)
        {
            return Answer.Failed([.. trust.Diagnostics, .. read.Diagnostics]);
        }

        var package = read.Value.Package;
        if (package.Scope is null || package.Version is null)
        {
            return Answer.Failed(CommandDiagnostics.NameIncomplete.Now(Path.GetFileName(file)));
        }

        var decision = PackageVerifier.Explain(new VerifyRequest { Package = package, Lines = read.Value.Lines, Trust = trust.Value, Now = DateTimeOffset.UtcNow });
        var asked = RolesOf(decision.Policies.FirstOrDefault(), trust.Value.Home, roles);
        var request = new CosignRequest(package, asked);
        WholeFile.Write(output, CosignRequestText.Write(request));
        return Answer.Ok(string.Join('\n', Describe(request).Prepend(output)), new JsonObject
        {
            ["request"] = output,
            ["identity"] = package.Identity,
            ["roles"] = new JsonArray([.. asked.Select(r => JsonValue.Create(r.Role))]),
        });
    }

    public static async Task<Answer> SignAsync(VerbContext context, string file, SigningKeys keys, CancellationToken cancel)
    {
        var request = CosignRequestText.Read(RegularFile.ReadAllBytes(file, MaximumRequest), file);
        if (!request.Succeeded)
        {
            return Answer.Failed(request.Diagnostics);
        }

        foreach (var line in Describe(request.Value))
        {
            context.Say(line);
        }

        var signed = await keys.UseAsync(
            context, signers => Cosigner.SignAsync(request.Value, [.. signers.Select(s => (s.Signer, s.Role))], cancel), role: null, cancel);
        if (signed.Succeeded)
        {
            WholeFile.Write(file + SignatureLines.Suffix, signed.Value.ToBytes());
        }

        return Answer.From(signed, lines => SignCommand.Tell(file + SignatureLines.Suffix, lines));
    }

    public static async Task<Answer> AttachAsync(
        VerbContext context, string file, string? publisher, string? version, IReadOnlyList<string> files, CancellationToken cancel)
    {
        var (policy, read) = (TrustFileReader.LoadOrNone(TrustContext.FileIn(context.Home.Root)), await PackageFile.ReadAsync(file, publisher, version, cancel));
        if (!policy.Succeeded || !read.Succeeded)
        {
            return Answer.Failed([.. policy.Diagnostics, .. read.Diagnostics]);
        }

        var store = KeyStore.In(context.Home.Root);
        var known = policy.Value.Signers.Values.SelectMany(s => s.Keys).Concat(store.List().Select(store.Find).Where(k => k.Succeeded).Select(k => k.Value!.Key));
        var signatures = file + SignatureLines.Suffix;
        return Answer.From(
            await LineAttacher.AttachAsync(read.Value.Package, signatures, read.Value.Lines, files, known, cancel), lines => SignCommand.Tell(signatures, lines));
    }

    /// <summary>The roles that are named, or those that the trust file still misses.</summary>
    private static IReadOnlyList<CosignRole> RolesOf(PolicyCount? count, TrustPolicy policy, string[] named)
    {
        var terms = count?.Result.Terms.Where(t => named.Length == 0 ? !t.IsSatisfied : named.Contains(t.Term.Role, StringComparer.Ordinal)).ToArray() ?? [];
        string[] roles = named.Length > 0 ? [.. named.Distinct(StringComparer.Ordinal)]
            : terms.Length > 0 ? [.. terms.Select(t => t.Term.Role)]
            : [ReleasePredicate.DefaultRole];
        return [.. roles.Select(role => new CosignRole(role, [.. terms.Where(t => t.Term.Role == role).SelectMany(t => t.CouldSign)
            .Select(name => new CosignSigner(name, [.. policy.Signers.GetValueOrDefault(name)?.Keys.Select(k => k.Fingerprint) ?? []]))]))];
    }

    private static IEnumerable<string> Describe(CosignRequest request)
    {
        var package = request.Package;
        yield return $"{package.Scope}/{package.Name} {package.Version} ({package.Family})";
        yield return $"  {package.Identity}";
        foreach (var role in request.Roles)
        {
            yield return $"  role {role.Role}: {(role.MaySign.Count == 0 ? "no rule says who may sign" : string.Join(", ", role.MaySign.Select(s => $"{s.Name} ({string.Join(", ", s.Keys)})")))}";
            yield return $"    {request.StatementFor(role.Role)}";
        }
    }
}
