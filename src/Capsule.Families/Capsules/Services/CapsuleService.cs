using Capsule.Core.Diagnostics;
using Capsule.Core.Text;

namespace Capsule.Families.Capsules.Services;

/// <summary>One table <c>[services.NAME]</c> (specs: ato 1.4, 1.5).</summary>
public sealed record CapsuleService
{
    /// <summary>The service behind the public address.</summary>
    public const string Main = "main";

    public required Field<string> Name { get; init; }

    /// <summary>The command line; words as a POSIX shell splits them, without a shell.</summary>
    public Field<string>? Command { get; init; }

    public IReadOnlyList<Field<string>> DependsOn { get; init; } = [];

    public IReadOnlyList<NamedField<Field<string>>> Env { get; init; } = [];

    public ServiceProbe? Probe { get; init; }

    /// <summary>Where <c>expose</c> stands, which services cannot have; null when it is absent.</summary>
    public SourceSpan? Expose { get; init; }

    public bool IsMain => Name.Value == Main;
}

/// <summary>How to see that a service is ready: an answer to a request, or a connection.</summary>
/// <param name="Place">Where the table begins.</param>
/// <param name="HttpGet">A path; wins over <paramref name="TcpConnect"/>.</param>
/// <param name="TcpConnect">A host, or host and port.</param>
/// <param name="Port">The name of the variable that holds the port.</param>
public sealed record ServiceProbe(SourceSpan Place, Field<string>? HttpGet, Field<string>? TcpConnect, Field<string>? Port);
