using System.Diagnostics;
using System.Reflection;

namespace Capsule.Cli.Licenses;

/// <summary>Something that lies beside this program, and the licence it is under. A test compares the table with what is packed and with what the packages say of themselves.</summary>
/// <param name="Name">As its package is called.</param>
/// <param name="File">Which file of this program it is, or one of its files.</param>
/// <param name="License">SPDX expression.</param>
/// <param name="Copyright">Whose it is.</param>
internal sealed record ShippedComponent(string Name, string File, string License, string Copyright)
{
    private const string Microsoft = "© Microsoft Corporation. All rights reserved.";

    /// <summary>All that ship; in the order of their names, after this program itself.</summary>
    private static readonly ShippedComponent[] Table =
    [
        new("Capsule", "capsule.dll", "Apache-2.0", "The authors of Capsule"),
        new(".NET runtime (in capsule-init)", "runtimes/linux-x64/native/capsule-init", "MIT", "© .NET Foundation and Contributors"),
        new("Microsoft.Extensions.AI.Abstractions", "Microsoft.Extensions.AI.Abstractions.dll", "MIT", Microsoft),
        new("Microsoft.Testing.Platform", "Microsoft.Testing.Platform.dll", "MIT", Microsoft),
        new("ModelContextProtocol.Core", "ModelContextProtocol.Core.dll", "Apache-2.0", "© Model Context Protocol a Series of LF Projects, LLC."),
        new("Newtonsoft.Json", "Newtonsoft.Json.dll", "MIT", "Copyright © James Newton-King"),
        new("NuGet.Common", "NuGet.Common.dll", "Apache-2.0", Microsoft),
        new("NuGet.Configuration", "NuGet.Configuration.dll", "Apache-2.0", Microsoft),
        new("NuGet.Frameworks", "NuGet.Frameworks.dll", "Apache-2.0", Microsoft),
        new("NuGet.Packaging", "NuGet.Packaging.dll", "Apache-2.0", Microsoft),
        new("NuGet.Protocol", "NuGet.Protocol.dll", "Apache-2.0", Microsoft),
        new("NuGet.Versioning", "NuGet.Versioning.dll", "Apache-2.0", Microsoft),
        new("System.CommandLine", "System.CommandLine.dll", "MIT", Microsoft),
        new("YamlDotNet", "YamlDotNet.dll", "MIT", "Copyright (c) Antoine Aubry and contributors"),
        new("Yarp.ReverseProxy", "Yarp.ReverseProxy.dll", "MIT", Microsoft),
    ];

    /// <summary>Those that are there: another machine's build has no Linux sandbox.</summary>
    public static IReadOnlyList<ShippedComponent> All => [.. Table.Where(c => System.IO.File.Exists(c.Path))];

    /// <summary>Without the commit it was built from; null for a file that does not say it.</summary>
    public string? Version => File == "capsule.dll" ? ProgramVersion.Text
        : File.EndsWith(".dll", StringComparison.Ordinal) ? FileVersionInfo.GetVersionInfo(Path).ProductVersion?.Split('+')[0]
        : null;

    /// <summary>The whole text of a licence.</summary>
    public static string TextOf(string license)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"licenses/{license}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Trim('\n');
    }

    private string Path => System.IO.Path.Combine(AppContext.BaseDirectory, File);
}
