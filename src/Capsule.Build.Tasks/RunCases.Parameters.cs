using Microsoft.Build.Framework;

namespace Capsule.Build.Tasks;

public sealed partial class RunCases
{
    /// <summary>The .NET host that starts <see cref="Runner"/>.</summary>
    [Required]
    public string Dotnet { get; set; } = "";

    /// <summary>The runner's assembly.</summary>
    [Required]
    public string Runner { get; set; } = "";

    /// <summary>The manifest of the package whose cases run.</summary>
    [Required]
    public string Manifest { get; set; } = "";

    /// <summary>What is tested, for the line with the sum.</summary>
    [Required]
    public string DisplayName { get; set; } = "";

    /// <summary>Which cases, as <c>--filter</c> of <c>dotnet test</c>; empty for all.</summary>
    public string? Filter { get; set; }

    /// <summary>One item for each <c>--logger</c> of <c>dotnet test</c>.</summary>
    public string[] Loggers { get; set; } = [];

    /// <summary><c>-v</c> of <c>dotnet test</c>; empty when it was not given.</summary>
    public string? Verbosity { get; set; }

    /// <summary>Folders of the user's for the package's mounts, each <c>ID=PATH</c>.</summary>
    public string[] Mounts { get; set; } = [];

    /// <summary>Values for the package's options, each <c>ID=VALUE</c>.</summary>
    public string[] Options { get; set; } = [];

    /// <summary>Variants of its workloads, each <c>WORKLOAD=VARIANT</c>.</summary>
    public string[] Variants { get; set; } = [];

    /// <summary>What of the project the cases are put to, <c>source</c> or <c>managed</c>; empty for the latter.</summary>
    public string? Mode { get; set; }

    /// <summary>Where reports go.</summary>
    [Required]
    public string ResultsFolder { get; set; } = "";

    /// <summary>True to list the cases and run none.</summary>
    public bool ListOnly { get; set; }

    /// <summary>True makes a run of no case an error.</summary>
    public bool FailOnZero { get; set; }

    /// <summary>Options of <c>dotnet test</c> that were given and mean nothing here.</summary>
    public string[] Unused { get; set; } = [];
}
