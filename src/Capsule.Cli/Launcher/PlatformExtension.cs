using Microsoft.Testing.Platform.Extensions;

namespace Capsule.Cli.Launcher;

/// <summary>How this program is called among the extensions of Microsoft.Testing.Platform.</summary>
internal abstract class PlatformExtension : IExtension
{
    public string Uid => "capsule";

    public string Version => ProgramVersion.Text;

    public string DisplayName => "Capsule";

    public string Description => "Runs the test cases of a package against the package in its sandbox.";

    public Task<bool> IsEnabledAsync() => Task.FromResult(true);
}
