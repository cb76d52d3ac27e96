using System.CommandLine;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Trust.Keys;
using Capsule.Trust.Quorum;
using Capsule.Trust.Quorum.Registry;

namespace Capsule.Cli.Commands.Keys;

/// <summary>The policy file that a key verb edits, and the keys it names.</summary>
internal static class PolicyFile
{
    public static Option<string?> Option() => new("--policy") { Description = "The policy file; your trust file when left out.", HelpName = "FILE" };

    /// <summary>The registry behind the named file.</summary>
    public static Result<IKeyRegistry> Open(VerbContext context, Option<string?> option)
    {
        var used = TrustStateFile.In(context.Home.Root).Read();
        var path = context.Get(option) is { } named ? context.FullPath(named) : TrustContext.FileIn(context.Home.Root);
        return used.Succeeded ? Result.Of<IKeyRegistry>(new TrustFileRegistry(path, used.Value)) : Result.Failed<IKeyRegistry>(used.Diagnostics);
    }

    /// <summary>A key by an id of the key store or by a file with its public half.</summary>
    public static Result<KnownKey> Known(VerbContext context, string name)
    {
        if (KeyStore.IsId(name) && !File.Exists(context.FullPath(name)))
        {
            return KeyStore.In(context.Home.Root).Find(name);
        }

        var read = PublicKeyFile.ReadFile(context.FullPath(name));
        return read.Succeeded ? read.Value[0] : Result.Failed<KnownKey>(read.Diagnostics);
    }

    /// <summary>The same, or a bare fingerprint.</summary>
    public static Result<KeyName> Named(VerbContext context, string name)
    {
        if (name.StartsWith("sha256:", StringComparison.Ordinal))
        {
            return new KeyName(name, null);
        }

        var known = Known(context, name);
        return known.Succeeded ? new KeyName(name, known.Value) : Result.Failed<KeyName>(known.Diagnostics);
    }

    /// <summary>What was done, for people and for programs.</summary>
    public static Answer Tell(IKeyRegistry registry, Result<string> done, params (string Name, string? Value)[] data) => Answer.From(done, text => Answer.Ok(
        text,
        new System.Text.Json.Nodes.JsonObject([
            KeyValuePair.Create<string, System.Text.Json.Nodes.JsonNode?>("policy", registry.Path),
            .. data.Select(d => KeyValuePair.Create<string, System.Text.Json.Nodes.JsonNode?>(d.Name, d.Value)),
        ])));
}
