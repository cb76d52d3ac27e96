using Capsule.Cli.Atoms;

namespace Capsule.Cli;

internal static class Program
{
    public static Task<int> Main(string[] args)
    {
        // Asked by scripts more often than anything else; no command line has to be built for it.
        if (args is ["--version"])
        {
            Console.WriteLine(ProgramVersion.Full);
            return Task.FromResult(0);
        }

        return Launcher.Launcher.TestHost(args) ?? (CalledName.Find() == "atoms" ? AtomsProgram.RunAsync(args) : CommandLine.RunAsync(args));
    }
}
