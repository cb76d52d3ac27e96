using Capsule.Cli;

return await CommandLine.RunAsync(args);
