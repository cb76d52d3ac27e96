using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Capsule.Core.Diagnostics;
using Capsule.Runtime.Mcp;

namespace Capsule.Operations.Kits.Skills;

/// <summary>
/// The three files of a skill (specs: kits 7): instructions for the agent, a program that calls the tools, and what that program reads. Names and
/// descriptions are the Kit's own words: they become one line each, of a bounded length.
/// </summary>
internal static class SkillFiles
{
    public const string Instructions = "SKILL.md";

    /// <summary>The most that agents read of a description, by their own rules.</summary>
    private const int LongestDescription = 1024;

    /// <summary>What JSON writes between quotes YAML reads; neither needs letters of other languages escaped.</summary>
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const int LongestLine = 400;
    private const int MostTools = 200;

    public static string Configuration(string name) => $".{name}.conf";

    /// <summary>By file name: content and whether it is a program.</summary>
    public static IReadOnlyDictionary<string, (byte[] Content, bool Program)> Write(SkillRequest request, IReadOnlyList<McpTool> tools) => new SortedDictionary<string, (byte[], bool)>(StringComparer.Ordinal)
    {
        [Instructions] = (Encoding.UTF8.GetBytes(Text(request, tools)), false),
        [request.Place.Name] = (Encoding.UTF8.GetBytes(Script(request)), true),
        [Configuration(request.Place.Name)] = (new SkillConfiguration(request.Place.Name, request.Run, request.Address).ToBytes(), false),
    };

    /// <summary>One line of a stranger's text.</summary>
    public static string Line(string? text, int longest = LongestLine)
    {
        var line = TerminalText.Line(text ?? "").Trim();
        return line.Length > longest ? line[..longest].TrimEnd() + "…" : line;
    }

    private static string Text(SkillRequest request, IReadOnlyList<McpTool> tools)
    {
        var name = request.Place.Name;
        var program = Path.Combine(request.Place.Folder, name);
        var summary = Line($"Tools of the Kit '{name}', which runs on this machine: {string.Join("; ", tools.Take(MostTools).Select(t => t.Description is null ? t.Name : $"{t.Name}: {Line(t.Description, 160)}"))}", LongestDescription - 1);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"---\nname: {name}\ndescription: {JsonSerializer.Serialize(summary, Relaxed)}\n---\n\n# {name}\n\n");
        text.Append("The tools below belong to a Kit that runs on this machine. Call them with the program beside this file:\n\n```sh\n");
        text.Append(CultureInfo.InvariantCulture, $"{Quoted(program)} --help                            # all tools and what they take\n");
        text.Append(CultureInfo.InvariantCulture, $"{Quoted(program)} TOOL --help                       # one of them, with its JSON Schema\n");
        text.Append(CultureInfo.InvariantCulture, $"{Quoted(program)} TOOL NAME=VALUE NAME=VALUE\n");
        text.Append(CultureInfo.InvariantCulture, $"{Quoted(program)} TOOL --json '{{\"NAME\": \"VALUE\"}}'\n");
        text.Append(CultureInfo.InvariantCulture, $"{Quoted(program)} TOOL - < arguments.json\n```\n\n");
        text.Append("The answer is on stdout. Exit code 0 means that the tool succeeded; anything else is explained on stderr. When the Kit has been stopped, this folder is gone.\n\n## Tools\n\n");
        foreach (var tool in tools.Take(MostTools))
        {
            text.Append("- `").Append(Line(tool.Name).Replace('`', '\'')).Append('`').Append(tool.Description is null ? "" : ": " + Line(tool.Description)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>For any POSIX shell; who moves it away from its folder still calls the same Kit.</summary>
    private static string Script(SkillRequest request) =>
        $"#!/bin/sh\n# Made by capsule for the Kit '{request.Place.Name}', and removed when run {request.Run} ends.\n"
        + $"CAPSULE_HOME={Quoted(request.Home.Root)} CAPSULE_ERRORS=\"${{CAPSULE_ERRORS:-text}}\" exec {string.Join(' ', request.Program.Select(Quoted))} kit skill {Quoted(Path.Combine(request.Place.Folder, Configuration(request.Place.Name)))} -- \"$@\"\n";

    private static string Quoted(string text) => text.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_') ? text : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
