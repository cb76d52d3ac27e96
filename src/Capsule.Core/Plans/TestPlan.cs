using Capsule.Core.Diagnostics;

namespace Capsule.Core.Plans;

/// <summary>The cases that a package brings to test itself, against a running <see cref="LaunchPlan"/>.</summary>
public sealed record TestPlan
{
    public string Schema { get; init; } = "capsule-test-plan/1";

    public required PackageReference Package { get; init; }

    /// <summary>The file that declares the cases, relative to the project folder.</summary>
    public required string File { get; init; }

    public required IReadOnlyList<TestCase> Cases { get; init; }

    /// <summary>What is answered for while they run.</summary>
    public IReadOnlyList<StubPlan> Stubs { get; init; } = [];
}

/// <summary>What a case does.</summary>
public enum TestKind
{
    Mcp,
    Http,
    Exec,
}

/// <summary>One case (specs: kits 2).</summary>
public sealed record TestCase
{
    public required string Id { get; init; }

    public required TestKind Kind { get; init; }

    /// <summary>Public path to call; excludes <see cref="Process"/> for mcp and http.</summary>
    public string? PublicPath { get; init; }

    /// <summary>The process to call or, for exec, whose cell runs the command.</summary>
    public string? Process { get; init; }

    /// <summary>exec: which variant of the workload; null for its default.</summary>
    public string? Variant { get; init; }

    /// <summary>exec: the cell of that variant, where the launch plan has another one's; null for the plan's own.</summary>
    public CellPlan? Cell { get; init; }

    /// <summary>Internal endpoint path on <see cref="Process"/>.</summary>
    public string? Endpoint { get; init; }

    /// <summary>mcp: tool name.</summary>
    public string? Tool { get; init; }

    /// <summary>mcp: arguments, http: body; JSON text.</summary>
    public string? Json { get; init; }

    /// <summary>http: method.</summary>
    public string? Method { get; init; }

    /// <summary>http: path below the target.</summary>
    public string? Path { get; init; }

    /// <summary>exec: a shell line; excludes <see cref="Argv"/>.</summary>
    public string? Shell { get; init; }

    /// <summary>exec: program and arguments.</summary>
    public IReadOnlyList<string>? Argv { get; init; }

    public IReadOnlyList<TestAssertion> Validations { get; init; } = [];

    /// <summary>Value paths whose results are shown; each must exist.</summary>
    public IReadOnlyList<string> Verbose { get; init; } = [];

    /// <summary>Host folders bound for this case only: mount id to a path relative to the project folder.</summary>
    public IReadOnlyDictionary<string, string> Fixtures { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Where the case stands in its file.</summary>
    public required SourceSpan Span { get; init; }
}

/// <summary>One validation as written, with its place.</summary>
public sealed record TestAssertion(string Text, SourceSpan Span);
