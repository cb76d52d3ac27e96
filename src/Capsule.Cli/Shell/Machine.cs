using Capsule.Core.Diagnostics;
using Capsule.Operations.Settings;
using Capsule.Runtime.Sandbox;

namespace Capsule.Cli.Shell;

/// <summary>This machine as the user has set it up.</summary>
internal static class Machine
{
    public static UserSettings Settings(VerbContext context)
    {
        var settings = UserSettings.Load(context.Home.Config);
        return settings.Succeeded ? settings.Value : throw new RefusedException(settings.Diagnostics.First(d => d.IsError));
    }

    public static SandboxOptions SandboxOptions(VerbContext context) => Settings(context).ForSandboxes() with
    {
        Policy = context.TellPolicy ? new PolicyFiles(context.Home, context.Terminal.Error.WriteLine).Add : null,
    };
}
