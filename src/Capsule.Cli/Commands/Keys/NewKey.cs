using System.CommandLine;
using Capsule.Cli.Shell;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Keys;

namespace Capsule.Cli.Commands.Keys;

/// <summary><c>capsule key new</c>.</summary>
internal static class NewKey
{
    public static Command Make()
    {
        var id = new Argument<string>("ID") { Description = "How you will call the key." };
        var algorithm = new Option<string>("--algorithm") { Description = "What it signs with.", DefaultValueFactory = _ => SignatureAlgorithms.EcdsaP256.Name, HelpName = "NAME" };
        algorithm.AcceptOnlyFromAmong([.. SignatureAlgorithms.All.Select(a => a.Name)]);
        var purpose = KeyOptions.Purpose();
        var options = new PassphraseOptions();
        return Verb.Define(
            "new", "Makes a key and encrypts it with a passphrase.\n\nExample: capsule key new laptop --passphrase-variable MY_PASSPHRASE", [id, algorithm, purpose, .. options.Symbols],
            (context, cancel) =>
            {
                var passphrase = options.Read(context, $"the passphrase of the new key '{context.Get(id)}'", isNew: true, cancel);
                if (!passphrase.Succeeded)
                {
                    return Task.FromResult(Answer.Failed(passphrase.Diagnostics));
                }

                using var secret = passphrase.Value;
                var made = KeyStore.In(context.Home.Root).Create(
                    context.Get(id), KeyPurposes.ByName[context.Get(purpose)!], secret, SignatureAlgorithms.Find(context.Get(algorithm))!);
                return Task.FromResult(Answer.From(made, key => KeyText.Tell(context.Get(id), key)));
            });
    }
}
