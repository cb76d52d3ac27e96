using System.CommandLine;
using Capsule.Cli.Commands.Keys;

namespace Capsule.Cli.Commands;

/// <summary><c>capsule key …</c>: the signing keys below CAPSULE_HOME. Each verb has its file in <c>Keys</c>.</summary>
internal static class KeyCommand
{
    public static Command Make() =>
        new("key", "Makes and shows signing keys. A private key lies encrypted below CAPSULE_HOME/keys and never leaves it in another form.\n\nExample: capsule key list")
        {
            NewKey.Make(),
            ListKeys.Make(),
            ShowKey.Make(),
            ExportKey.Make(),
            ImportKey.Make(),
            RegisterKey.Make(),
            RevokeKey.Make(),
            RotateKey.Make(),
        };
}
