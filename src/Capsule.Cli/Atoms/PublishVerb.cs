using System.CommandLine;
using Capsule.Operations.Atoms;

namespace Capsule.Cli.Atoms;

/// <summary><c>publish</c>: all at once, or prepared here and finished when the co-signers have renewed their envelopes.</summary>
internal static class PublishVerb
{
    public static AtomVerb Make()
    {
        var path = AtomVerbs.One();
        var also = new Option<string[]>("--also") { Description = "Sign the published atom with this key at hand, too; may be repeated.", HelpName = "ID", DefaultValueFactory = _ => [] };
        var prepare = new Option<bool>("--prepare") { Description = "Write the published state with the maintainer's signature; others then run 'sign --envelope'." };
        var finish = new Option<bool>("--finish") { Description = "Check that the quorum is met by signatures with envelopes; nothing is written." };
        finish.Validators.Add(result =>
        {
            if (result.GetValue(finish) && (result.GetValue(prepare) || result.GetValue(also) is { Length: > 0 }))
            {
                result.AddError("--finish writes nothing, so it cannot be combined with --prepare or --also.");
            }
        });
        var options = new AtomSigningOptions();
        return new AtomVerb(
            "publish", "Makes a draft that meets its quorum a published atom, signed again by the maintainer's default key.", "publish compositions/design-spec/my-spec@1.0.0",
            [path, also, prepare, finish, .. options.Symbols], path,
            (call, line, cancel) => AtomPublish.RunAsync(
                options.Timed(call, line) with { Network = true },
                new PublishRequest(options.Read(line, cancel))
                {
                    Also = line.GetValue(also) ?? [],
                    Step = line.GetValue(finish) ? PublishStep.Finish : line.GetValue(prepare) ? PublishStep.Prepare : PublishStep.Whole,
                },
                cancel),
            atom => $"{(atom.Changed == false ? "finished" : "published")}: {atom.Id} at {atom.PublishedAt}");
    }
}
