namespace Capsule.Core.Plans;

/// <summary>
/// An exit that the runner manages (specs: kits 1.9): calls to <see cref="Endpoint"/> go to one host over https, with a header that holds a
/// secret. No process has the secret; processes reach the exit as they reach each other, by <see cref="PeerPlan"/>.
/// </summary>
public sealed record RelayPlan
{
    /// <summary>By which edges and public routes name it, beside process ids; several exits of one workload share it: <c>llm/relay</c>.</summary>
    public required string Id { get; init; }

    /// <summary>A name for this sort of exit, by which a machine's settings can give it another address.</summary>
    public required string Kind { get; init; }

    /// <summary>Path of the calls; what lies below it is carried on.</summary>
    public required string Endpoint { get; init; }

    /// <summary>http, mcp, oaic or a2a.</summary>
    public required string Protocol { get; init; }

    /// <summary>The only host that is called, at port 443.</summary>
    public required string Host { get; init; }

    /// <summary>Id of the secret.</summary>
    public required string Secret { get; init; }

    /// <summary>The header that holds it.</summary>
    public required string Header { get; init; }

    /// <summary>The header's value, <c>{secret}</c> in it.</summary>
    public string HeaderForm { get; init; } = "{secret}";

    /// <summary>A header in which callers say path and query at the host; without it that is what lies below the endpoint. It is not carried on.</summary>
    public string? PathHeader { get; init; }

    /// <summary>Headers of callers that are not carried on.</summary>
    public IReadOnlyList<string> DropHeaders { get; init; } = [];

    /// <summary>Parameters in the query of callers that are not carried on.</summary>
    public IReadOnlyList<string> DropQuery { get; init; } = [];

    public Permission? Permission { get; init; }
}
