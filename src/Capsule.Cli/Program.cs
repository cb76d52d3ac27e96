using Capsule.Cli.Atoms;
using Capsule.Cli.Capakit;

namespace Capsule.Cli;

internal static class Program
{
    public static Task<int> Main(string[] args)
    {
        var called = CalledName.Find();

        // Asked by scripts more often than anything else; no command line has to be built for it.
        if (args is ["--version"])
        {
            Console.WriteLine(called == CapakitProgram.Name ? CapakitProgram.VersionLine : ProgramVersion.Full);
            return Task.FromResult(0);
        }

        return Launcher.Launcher.TestHost(args) ?? called switch
        {
            "atoms" => AtomsProgram.RunAsync(args),
            CapakitProgram.Name => CapakitProgram.RunAsync(args),
            _ => CommandLine.RunAsync(args),
        };
    }
}
