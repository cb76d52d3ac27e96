using System.CommandLine;
using System.Text;
using Capsule.Cli.Shell;
using Capsule.Trust.Keys;

namespace Capsule.Cli.Commands.Keys;

/// <summary><c>capsule key show</c>.</summary>
internal static class ShowKey
{
    public static Command Make()
    {
        var id = new Argument<string>("ID") { Description = "The key's id." };
        return Verb.Define("show", "Prints the public half of a key as PEM, for others' trust files.\n\nExample: capsule key show laptop > laptop.pub", [id],
            (context, _) => Task.FromResult(Answer.From(KeyStore.In(context.Home.Root).Find(context.Get(id)), key =>
                Answer.Ok(Encoding.ASCII.GetString(PublicKeyFile.Write(key)).TrimEnd('\n'), KeyText.Describe(context.Get(id), key)))));
    }
}
