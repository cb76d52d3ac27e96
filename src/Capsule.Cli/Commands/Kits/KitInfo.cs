using System.CommandLine;
using Capsule.Cli.Shell;
using Capsule.Operations.Kits.Describing;

namespace Capsule.Cli.Commands.Kits;

/// <summary><c>kit info</c>: what a Kit offers and needs.</summary>
internal static class KitInfo
{
    /// <param name="define">For which program.</param>
    /// <param name="program">How it is called.</param>
    public static Command Make(VerbDefiner define, string program)
    {
        var kit = CommonOptions.Source();
        return define("info", "Says what a Kit exposes and requires, how another Kit uses it, and how to run it.\n\nExample: capsule kit info ./my-kit", [kit], async (context, cancel) => Answer.From(
            await KitDescription.ReadAsync(context.FullPath(context.Get(kit)), cancel),
            found => Answer.Ok(string.Join('\n', KitDescriptionText.Lines(found, program)), KitDescriptionJson.Of(found, program))));
    }
}
