using System.CommandLine;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Trust.Keys;

namespace Capsule.Cli.Commands.Keys;

/// <summary><c>capsule key export</c>.</summary>
internal static class ExportKey
{
    private const string Name = "capsule key export";

    public static Command Make()
    {
        var id = new Argument<string>("ID") { Description = "The key's id." };
        var form = new Option<string?>("--form") { Description = "Of the public half: pem (the default), raw, spki, trust or atoms.", HelpName = "FORM" };
        form.AcceptOnlyFromAmong([.. PublicKeyForms.Names]);
        var isPrivate = new Option<bool>("--private") { Description = "The private half, encrypted as it is; needs --to." };
        var to = new Option<string?>("--to") { Description = "Write a new file; the public half is printed otherwise.", HelpName = "FILE" };
        return Verb.Define(
            "export", "Prints the public half of a key in the form others need, or copies the encrypted private half.\n\nExample: capsule key export laptop --form trust",
            [id, form, isPrivate, to], (context, _) =>
            {
                var file = context.Get(to) is { } path ? context.FullPath(path) : null;
                return Task.FromResult((context.Get(isPrivate), context.Get(form), file) switch
                {
                    (true, null, { } target) => Private(context, context.Get(id), target),
                    (true, _, _) => Answer.Failed(CommandDiagnostics.Usage.Now("--private needs --to FILE and has one form only.", Name)),
                    (_, var chosen, _) => Public(context, context.Get(id), chosen ?? PublicKeyForms.Pem, file),
                });
            });
    }

    private static Answer Private(VerbContext context, string id, string file) =>
        Answer.From(KeyStore.In(context.Home.Root).ExportPrivate(id, file), key =>
        {
            var data = KeyText.Describe(id, key);
            data["file"] = file;
            return Answer.Ok($"{id}  {file}", data);
        });

    private static Answer Public(VerbContext context, string id, string form, string? file)
    {
        var store = KeyStore.In(context.Home.Root);
        var found = store.Find(id);
        var text = found.Succeeded ? PublicKeyForms.Write(form, id, found.Value, DateTimeOffset.UtcNow) : Result.Failed<string>(found.Diagnostics);
        if (!text.Succeeded)
        {
            return Answer.Failed(text.Diagnostics);
        }

        return Answer.From(file is null ? found : store.ExportPublic(id, text.Value, file), key =>
        {
            var data = KeyText.Describe(id, key);
            (data["form"], data["text"], data["file"]) = (form, text.Value, file);
            return Answer.Ok(file is null ? text.Value : $"{id}  {file}", data);
        });
    }
}
