using System.CommandLine;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Trust.Keys;

namespace Capsule.Cli.Commands;

/// <summary><c>capsule key new|list|show</c>: the signing keys below CAPSULE_HOME.</summary>
internal static class KeyCommand
{
    public static Command Make() =>
        new("key", "Makes and shows signing keys. A private key lies encrypted below CAPSULE_HOME/keys and never leaves it.\n\nExample: capsule key list")
        {
            New(),
            List(),
            Show(),
        };

    private static Command New()
    {
        var id = new Argument<string>("ID") { Description = "How you will call the key." };
        var purpose = new Option<string>("--purpose") { Description = "What it may sign: release or provenance.", DefaultValueFactory = _ => "release", HelpName = "PURPOSE" };
        purpose.AcceptOnlyFromAmong([.. KeyPurposes.ByName.Keys]);
        var variable = CommonOptions.PassphraseVariable();
        var file = CommonOptions.PassphraseFile();
        return Verb.Define("new", "Makes an ECDSA P-256 key and encrypts it with a passphrase.\n\nExample: capsule key new laptop --passphrase-variable MY_PASSPHRASE",
            [id, purpose, variable, file], (context, _) => Task.FromResult(Create(context, context.Get(id), KeyPurposes.ByName[context.Get(purpose)], context.Passphrase(variable, file))));
    }

    private static Answer Create(VerbContext context, string id, KeyPurpose purpose, SecretReference? reference)
    {
        var passphrase = reference?.Read("the passphrase of the new key") ?? CommandDiagnostics.PassphraseNeeded.Now();
        if (!passphrase.Succeeded)
        {
            return Answer.Failed(passphrase.Diagnostics);
        }

        using var secret = passphrase.Value;
        return Answer.From(Keys(context).Create(id, purpose, secret), key => Tell(id, key));
    }

    private static Command List() => Verb.Define("list", "Lists the keys: id, purpose, algorithm, fingerprint.\n\nExample: capsule key list", [], (context, _) =>
    {
        var store = Keys(context);
        var found = store.List().Select(id => (id, key: store.Find(id))).ToArray();
        var known = found.Where(f => f.key.Succeeded).Select(f => (f.id, key: f.key.Value!)).ToArray();
        return Task.FromResult(Answer.Ok(
            known.Length == 0 ? null : string.Join('\n', known.Select(k => Line(k.id, k.key))),
            new JsonArray([.. known.Select(k => Describe(k.id, k.key))]),
            [.. found.SelectMany(f => f.key.Diagnostics)]));
    });

    private static Command Show()
    {
        var id = new Argument<string>("ID") { Description = "The key's id." };
        return Verb.Define("show", "Prints the public half of a key as PEM, for others' trust files.\n\nExample: capsule key show laptop > laptop.pub", [id],
            (context, _) => Task.FromResult(Answer.From(Keys(context).Find(context.Get(id)), key =>
                Answer.Ok(System.Text.Encoding.ASCII.GetString(PublicKeyFile.Write(key)).TrimEnd('\n'), Describe(context.Get(id), key)))));
    }

    private static KeyStore Keys(VerbContext context) => KeyStore.In(context.Home.Root);

    private static Answer Tell(string id, KnownKey key) => Answer.Ok(Line(id, key), Describe(id, key));

    private static string Line(string id, KnownKey key) => $"{id}  {key.Purpose.Name()}  {key.Key.Algorithm.Name}  {key.Key.Fingerprint}";

    private static JsonObject Describe(string id, KnownKey key) => new()
    {
        ["id"] = id,
        ["purpose"] = key.Purpose.Name(),
        ["algorithm"] = key.Key.Algorithm.Name,
        ["fingerprint"] = key.Key.Fingerprint,
        ["spki"] = key.Key.SpkiBase64,
    };
}
