using Capsule.Core.Plans;
using Capsule.Trust.Keys;

namespace Capsule.Operations.Secrets;

/// <summary>How a user gives a run the secrets that are not kept. It has no text of its own: a log must not hold it.</summary>
public sealed class GivenSecrets
{
    public static readonly GivenSecrets None = new();

    /// <summary>Values for this run alone, by id; they win over what is kept.</summary>
    public IReadOnlyDictionary<string, Secret> Values { get; init; } = new Dictionary<string, Secret>();

    /// <summary>Asks a person for a value, which is then kept; null where nobody can answer. The answer may be null too.</summary>
    public Func<DeclaredSecret, Secret?>? Ask { get; init; }

    /// <summary>Tells a person what was made or kept.</summary>
    public Action<string> Say { get; init; } = _ => { };
}
