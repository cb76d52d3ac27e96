using Capsule.Core.Plans;
using Capsule.Runtime.Supervision;

namespace Capsule.Operations.Consent;

/// <summary>A package of others that is about to run.</summary>
public sealed record ConsentRequest
{
    public required CapsuleHome Home { get; init; }

    public required ConsentSubject Subject { get; init; }

    public required LaunchPlan Plan { get; init; }

    /// <summary>What the user gives it for this run.</summary>
    public Grants Grants { get; init; } = Grants.None;

    /// <summary>The permissions and grants that the caller agreed to by their name, 64 hex digits; null for none.</summary>
    public string? Named { get; init; }

    /// <summary>Asks a person; null where nobody can answer, and then what would be asked is refused.</summary>
    public Func<ConsentQuestion, bool>? Ask { get; init; }
}
