using System.CommandLine;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Trust.Keys;

namespace Capsule.Cli.Commands.Keys;

/// <summary><c>capsule key import</c>.</summary>
internal static class ImportKey
{
    public static Command Make()
    {
        var file = new Argument<string>("FILE") { Description = "Encrypted PKCS#8 in PEM, of capsule, OpenSSL or others; only you may be able to read it." };
        var id = new Argument<string>("ID") { Description = "How you will call the key." };
        var purpose = KeyOptions.Purpose(unless: null);
        purpose.Description += " What the file says, else release, when it is left away.";
        var old = new PassphraseOptions(of: "the file's passphrase");
        var next = new PassphraseOptions("new-", "the passphrase that the key gets here; that of the file otherwise");
        return Verb.Define(
            "import", "Takes in a private key from an encrypted file, which stays as it is.\n\nExample: capsule key import release.pem laptop --passphrase-variable MY_PASSPHRASE",
            [file, id, purpose, .. old.Symbols, .. next.Symbols], (context, cancel) =>
            {
                using var passphrases = Passphrases.Read(context, old, next, cancel);
                return Task.FromResult(passphrases.Problems.Count > 0
                    ? Answer.Failed(passphrases.Problems)
                    : Answer.From(
                        KeyStore.In(context.Home.Root).Import(
                            context.Get(id), context.FullPath(context.Get(file)), context.Get(purpose) is { } name ? KeyPurposes.ByName[name] : null, passphrases.Old!, passphrases.New!),
                        key => KeyText.Tell(context.Get(id), key)));
            });
    }

    /// <summary>The file's passphrase and the new one, which may be the same.</summary>
    private sealed record Passphrases(Secret? Old, Secret? New, IReadOnlyList<Diagnostic> Problems) : IDisposable
    {
        public static Passphrases Read(VerbContext context, PassphraseOptions options, PassphraseOptions newOptions, CancellationToken cancel)
        {
            var old = options.Read(context, "the passphrase of the file", isNew: false, cancel);
            var isSame = newOptions.Named(context.Line, context.WorkingDirectory) is null;
            var kept = isSame ? old : newOptions.Read(context, "the passphrase of the new key", isNew: true, cancel);
            return new Passphrases(old.Value, kept.Value, [.. old.Diagnostics, .. isSame ? [] : kept.Diagnostics]);
        }

        public void Dispose()
        {
            Old?.Dispose();
            New?.Dispose();
        }
    }
}
