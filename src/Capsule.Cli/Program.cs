using Capsule.Cli;
using Capsule.Cli.Launcher;

return Launcher.IsTestHost(args) ? await Launcher.RunTestHostAsync(args) : await CommandLine.RunAsync(args);
