using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Trust.Keys;
using Capsule.Trust.Quorum.Registry;

namespace Capsule.Cli.Commands.Keys;

/// <summary>Keys as they are named on a command line.</summary>
internal static class NamedKey
{
    /// <summary>A key by an id of the key store or by a file with its public half.</summary>
    public static Result<KnownKey> Known(VerbContext context, string name)
    {
        if (IsId(context, name))
        {
            return KeyStore.In(context.Home.Root).Find(name);
        }

        var read = PublicKeyFile.ReadFile(context.FullPath(name));
        return read.Succeeded ? read.Value[0] : Result.Failed<KnownKey>(read.Diagnostics);
    }

    /// <summary>The same with its name; a key that is not at hand has its name alone.</summary>
    public static KeyName Named(VerbContext context, string name) => new(name, Known(context, name).Value);

    /// <summary>What a key is called where it gets registered: its id, or the name of its file.</summary>
    public static string IdOf(VerbContext context, string name) => IsId(context, name) ? name : Path.GetFileNameWithoutExtension(name);

    private static bool IsId(VerbContext context, string name) => KeyStore.IsId(name) && !File.Exists(context.FullPath(name));
}
