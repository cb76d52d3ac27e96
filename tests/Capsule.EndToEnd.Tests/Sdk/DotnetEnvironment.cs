using System.Collections;

namespace Capsule.EndToEnd.Tests.Sdk;

/// <summary>An environment without what a surrounding <c>dotnet test</c> or a developer's shell leaves behind.</summary>
internal static class DotnetEnvironment
{
    /// <summary>Variables to remove, as null values, and those every run sets.</summary>
    public static IReadOnlyDictionary<string, string?> Clean { get; } = Make();

    public static IReadOnlyDictionary<string, string?> With(PackedFeed feed, params (string Name, string? Value)[] more)
    {
        var environment = new Dictionary<string, string?>(Clean) { ["NUGET_PACKAGES"] = feed.Restored };
        foreach (var (name, value) in more)
        {
            environment[name] = value;
        }

        return environment;
    }

    private static Dictionary<string, string?> Make()
    {
        string[] prefixes = ["MSBUILD", "DOTNET_", "NUGET_", "VSTEST", "TESTINGPLATFORM", "CAPSULE_", "SOURCE_DATE_EPOCH"];
        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(e => (string)e.Key)
            .Where(name => prefixes.Any(p => name.StartsWith(p, StringComparison.OrdinalIgnoreCase)) && name != "DOTNET_ROOT")
            .ToDictionary(name => name, _ => (string?)null);
        environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        environment["DOTNET_NOLOGO"] = "1";
        environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        environment["MSBUILDDISABLENODEREUSE"] = "1";
        environment["MSBUILDTERMINALLOGGER"] = "off";
        return environment;
    }
}
