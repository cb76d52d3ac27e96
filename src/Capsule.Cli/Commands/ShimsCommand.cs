using System.CommandLine;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Core.Files;

namespace Capsule.Cli.Commands;

/// <summary><c>capsule shims add|remove|list</c>: links by which the program is called under another name (design.md 9). Nothing makes one by itself.</summary>
internal static class ShimsCommand
{
    /// <summary>A program of another name that this one is.</summary>
    private static readonly string[] Names = ["atoms", "capakit"];

    /// <summary>Stands in each script of ours, so that no other file is overwritten or removed.</summary>
    private const string Mark = "# A shim of capsule.";

    public static Command Make() =>
        new("shims", "Makes and removes links by which this program is called under another name, such as 'atoms'.\n\nExample: capsule shims add atoms")
        {
            Add(),
            Remove(),
            List(),
        };

    private static Command Add()
    {
        var (name, folder) = (Name(), Folder());
        return Verb.Define("add", "Makes a link to this program.\n\nExample: capsule shims add atoms --folder ~/.local/bin", [name, folder], (context, _) =>
        {
            var path = PathOf(context, folder, context.Get(name));
            if (Path.Exists(path) && !IsOurs(path))
            {
                return Task.FromResult(Answer.Failed(CommandDiagnostics.NoShim.In(path, path)));
            }

            Write(path, context.Get(name));
            context.Say($"{path} is {context.Get(name)}");
            return Task.FromResult(Answer.Ok(data: new JsonObject { ["name"] = context.Get(name), ["path"] = path }));
        });
    }

    private static Command Remove()
    {
        var (name, folder) = (Name(), Folder());
        return Verb.Define("remove", "Removes a link that 'add' made.\n\nExample: capsule shims remove atoms", [name, folder], (context, _) =>
        {
            var path = PathOf(context, folder, context.Get(name));
            if (Path.Exists(path) && !IsOurs(path))
            {
                return Task.FromResult(Answer.Failed(CommandDiagnostics.NoShim.In(path, path)));
            }

            File.Delete(path);
            return Task.FromResult(Answer.Ok(data: new JsonObject { ["name"] = context.Get(name), ["path"] = path }));
        });
    }

    private static Command List()
    {
        var folder = Folder();
        return Verb.Define("list", "Lists the links that are there.\n\nExample: capsule shims list", [folder], (context, _) =>
        {
            var there = Names.Select(n => (Name: n, Path: PathOf(context, folder, n))).Where(s => Path.Exists(s.Path) && IsOurs(s.Path)).ToArray();
            return Task.FromResult(Answer.Ok(
                there.Length == 0 ? null : string.Join('\n', there.Select(s => $"{s.Name}  {s.Path}")),
                new JsonArray([.. there.Select(s => new JsonObject { ["name"] = s.Name, ["path"] = s.Path })])));
        });
    }

    private static Argument<string> Name()
    {
        var name = new Argument<string>("NAME") { Description = $"The other name: {string.Join(", ", Names)}." };
        name.AcceptOnlyFromAmong(Names);
        return name;
    }

    private static Option<string?> Folder() => new("--folder") { Description = "Where the link is: CAPSULE_HOME/bin otherwise. Put it on your PATH.", HelpName = "PATH" };

    private static string PathOf(VerbContext context, Option<string?> folder, string name) =>
        Path.Combine(context.Get(folder) is { } given ? context.FullPath(given) : Path.Combine(context.Home.Root, "bin"), OperatingSystem.IsWindows() ? name + ".cmd" : name);

    /// <summary>
    /// A script and not a bare link: it also works where the program is started by <c>dotnet</c>, and where links do not tell their name.
    /// </summary>
    private static void Write(string path, string name)
    {
        var assembly = Path.Combine(AppContext.BaseDirectory, "capsule.dll");
        var host = Environment.ProcessPath is { } process && Path.GetFileNameWithoutExtension(process) == "dotnet" ? process : "dotnet";
        var script = OperatingSystem.IsWindows()
            ? $"@echo off\r\nrem {Mark}\r\nset {CalledName.Variable}={name}\r\n\"{host}\" \"{assembly}\" %*\r\n"
            : $"#!/bin/sh\n{Mark}\n{CalledName.Variable}={name} exec {Quoted(host)} {Quoted(assembly)} \"$@\"\n";
        WholeFile.Write(path, System.Text.Encoding.UTF8.GetBytes(script), (UnixFileMode)Convert.ToInt32("755", 8));
    }

    private static bool IsOurs(string path) => !Directory.Exists(path) && new FileInfo(path).Length < 4096 && File.ReadAllText(path).Contains(Mark, StringComparison.Ordinal);

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
