using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Capsule.Core.Diagnostics;
using Capsule.Runtime.Supervision;
using Capsule.Trust.Keys;

namespace Capsule.Cli.Shell;

/// <summary>
/// A run in the background: the same program started again in a session of its own, which lets go of the terminal once
/// the package is ready. There is no daemon; the run's record is how it is found again.
/// </summary>
internal static partial class Detached
{
    private const string Variable = "CAPSULE_DETACHED";

    public static bool IsChild { get; } = Environment.GetEnvironmentVariable(Variable) == "1";

    /// <summary>Starts the child with the same arguments and answers what it answers.</summary>
    /// <param name="context">The call.</param>
    /// <param name="input">What it reads from its standard input; null for nothing.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<Answer> StartAsync(VerbContext context, Secret? input, CancellationToken cancel)
    {
        var self = Environment.GetCommandLineArgs();
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            WorkingDirectory = context.WorkingDirectory,
            Environment = { [Variable] = "1" },
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(Detached).Assembly.Location);
        }

        foreach (var argument in self.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        using var child = Process.Start(start)!;
        input?.Use(bytes =>
        {
            child.StandardInput.BaseStream.Write(bytes);
            return bytes.Length;
        });
        child.StandardInput.Close();
        try
        {
            var first = await child.StandardOutput.ReadLineAsync(cancel);
            if (first is not null)
            {
                var parts = first.Split(' ', 2);
                return Answer.Ok(first, new JsonObject { ["run"] = parts[0], ["address"] = parts.ElementAtOrDefault(1) });
            }

            await child.WaitForExitAsync(cancel);
            return new Answer { Exit = (ExitCode)child.ExitCode };
        }
        catch (OperationCanceledException)
        {
            Signal(child.Id, SigTerm);
            await child.WaitForExitAsync(CancellationToken.None);
            return new Answer { Exit = Interruption.Exit };
        }
    }

    /// <summary>Says where the package is, then lets go of terminal, pipes and session.</summary>
    public static void Report(VerbContext context, RunningPackage running)
    {
        context.Terminal.Out.WriteLine(running.Address is { } address ? $"{running.Id} {address.GetLeftPart(UriPartial.Authority)}" : running.Id);
        context.Terminal.Out.Flush();
        _ = NewSession();
        using var nothing = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite);
        var descriptor = nothing.DangerousGetHandle().ToInt32();
        foreach (var shared in SharedWithTheCaller().ToList())
        {
            _ = Duplicate(descriptor, shared, shared <= 2 ? 0 : CloseOnExec);
        }
    }

    /// <summary>The three standard descriptors and every copy of them: the platform's console writes through copies, and one that stays keeps a caller's pipe open.</summary>
    private static IEnumerable<int> SharedWithTheCaller()
    {
        const string Table = "/proc/self/fd";
        var targets = new[] { 0, 1, 2 }.Select(n => new FileInfo($"{Table}/{n}").LinkTarget).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return from file in new DirectoryInfo(Table).EnumerateFileSystemInfos()
               where file.LinkTarget is { } target && targets.Contains(target)
               select int.Parse(file.Name, CultureInfo.InvariantCulture);
    }

    private const int SigTerm = 15;
    private const int CloseOnExec = 0x80000;

    [LibraryImport("libc", EntryPoint = "setsid")]
    private static partial int NewSession();

    [LibraryImport("libc", EntryPoint = "dup3")]
    private static partial int Duplicate(int from, int to, int flags);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int pid, int signal);
}
