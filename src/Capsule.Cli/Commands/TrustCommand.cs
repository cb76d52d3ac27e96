using System.CommandLine;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Trust.Keys;
using Capsule.Trust.Quorum;

namespace Capsule.Cli.Commands;

/// <summary><c>capsule trust add|list|remove|revoke|sign</c>: who may release what, in <c>CAPSULE_HOME/trust.toml</c>.</summary>
internal static class TrustCommand
{
    public static Command Make() =>
        new("trust", "Says who may release what; kept in trust.toml, which you may edit by hand too.\n\nExample: capsule trust list")
        {
            Add(),
            List(),
            Remove(),
            Revoke(),
            SignTrustFile.Make(),
        };

    private static Command Add()
    {
        var name = new Argument<string>("SIGNER") { Description = "How you call the person or machine that signs." };
        var match = new Option<string?>("--match") { Description = "Which packages: publisher/* or publisher/slug. Every release key needs it; a provenance key releases nothing.", HelpName = "PATTERN" };
        var key = new Option<string>("--key") { Description = "An id from 'capsule key list', or a file with the public key.", Required = true, HelpName = "KEY" };
        return Verb.Define("add", "Lets a signer release the packages that match.\n\nExample: capsule trust add acme --match 'acme/*' --key acme.pub", [name, match, key], (context, _) =>
        {
            var keys = Keys(context, context.Get(key));
            return Task.FromResult(keys.Succeeded ? Add(context, context.Get(name), keys.Value, context.Get(match)) : Answer.Failed(keys.Diagnostics));
        });
    }

    /// <summary>Only a release key gets into a scope: a key has one purpose.</summary>
    private static Answer Add(VerbContext context, string name, IReadOnlyList<KnownKey> keys, string? match)
    {
        var purpose = keys[0].Purpose;
        if (keys.Any(k => k.Purpose != purpose) || (purpose == KeyPurpose.Release) != match is not null)
        {
            return Answer.Failed(CommandDiagnostics.Usage.Now(
                "A release key is added with --match, a key of another purpose without it, and keys of different purposes as different signers.", "capsule trust add"));
        }

        return Edit(context, file => Then(
            file.AddSigner(name, purpose, [.. keys.Select(k => k.Key)]), added => match is null ? added : added.AddToScope(match, name)));
    }

    private static Command List() => Verb.Define("list", "Shows the signers and scopes of the trust file.\n\nExample: capsule trust list", [], (context, _) =>
    {
        var path = TrustContext.FileIn(context.Home.Root);
        return Task.FromResult(File.Exists(path) ? Answer.From(TrustFileReader.Load(path), Tell) : Answer.Ok(data: Describe(TrustPolicy.BuiltIn)));
    });

    private static Command Remove()
    {
        var name = new Argument<string>("NAME") { Description = "A signer, or a pattern such as acme/*." };
        return Verb.Define("remove", "Takes a signer or a scope out of the trust file.\n\nExample: capsule trust remove 'acme/*'", [name], (context, _) =>
            Task.FromResult(Edit(context, file => context.Get(name).Contains('/') ? file.RemoveScope(context.Get(name)) : file.RemoveSigner(context.Get(name)))));
    }

    private static Command Revoke()
    {
        var key = new Argument<string>("FINGERPRINT") { Description = "sha256: and 64 hex digits, as 'capsule key list' shows it." };
        var reason = new Option<string>("--reason") { Description = "Why, for people.", DefaultValueFactory = _ => "revoked", HelpName = "TEXT" };
        return Verb.Define("revoke", "Makes a key count for nothing from now on.\n\nExample: capsule trust revoke sha256:… --reason 'lost laptop'", [key, reason], (context, _) =>
            Task.FromResult(Edit(context, file => file.Revoke(context.Get(key), context.Get(reason)))));
    }

    private static Answer Edit(VerbContext context, Func<TrustFile, Result<TrustFile>> change)
    {
        var used = TrustStateFile.In(context.Home.Root).Read();
        return used.Succeeded ? Answer.From(TrustFile.Edit(TrustContext.FileIn(context.Home.Root), change, used.Value), Tell) : Answer.Failed(used.Diagnostics);
    }

    private static Result<TOut> Then<TIn, TOut>(Result<TIn> first, Func<TIn, Result<TOut>> next)
        where TIn : class
        where TOut : class =>
        first.Succeeded ? next(first.Value) : Result.Failed<TOut>(first.Diagnostics);

    private static Result<IReadOnlyList<KnownKey>> Keys(VerbContext context, string name)
    {
        if (!KeyStore.IsId(name) || File.Exists(context.FullPath(name)))
        {
            return PublicKeyFile.ReadFile(context.FullPath(name));
        }

        var known = KeyStore.In(context.Home.Root).Find(name);
        return known.Succeeded ? Result.Of<IReadOnlyList<KnownKey>>([known.Value]) : Result.Failed<IReadOnlyList<KnownKey>>(known.Diagnostics);
    }

    private static Answer Tell(TrustPolicy policy) => Answer.Ok(
        string.Join('\n', policy.Scopes.Select(s => $"{s.Match}  {string.Join("; ", s.Roles.Select(r => $"{r.Key}: {r.Value.Threshold} of {string.Join(", ", r.Value.Signers)}"))}")
            .Concat(policy.Revoked.Select(r => $"revoked  {r.Fingerprint}  {r.Reason}"))),
        Describe(policy));

    private static JsonObject Describe(TrustPolicy policy) => new()
    {
        ["version"] = policy.Version,
        ["signers"] = new JsonObject([.. policy.Signers.Select(s => KeyValuePair.Create<string, JsonNode?>(s.Key, new JsonArray([.. s.Value.Keys.Select(k => JsonValue.Create(k.Fingerprint))])))]),
        ["scopes"] = new JsonArray([.. policy.Scopes.Select(s => new JsonObject
        {
            ["match"] = s.Match.ToString(),
            ["roles"] = new JsonObject([.. s.Roles.Select(r => KeyValuePair.Create<string, JsonNode?>(r.Key, new JsonObject
            {
                ["threshold"] = r.Value.Threshold,
                ["signers"] = new JsonArray([.. r.Value.Signers.Select(n => JsonValue.Create(n))]),
            }))]),
        })]),
        ["revoked"] = new JsonArray([.. policy.Revoked.Select(r => JsonValue.Create(r.Fingerprint))]),
    };
}
