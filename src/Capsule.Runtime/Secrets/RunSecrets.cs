using System.Text;
using Capsule.Trust.Keys;

namespace Capsule.Runtime.Secrets;

/// <summary>The values of the secrets of one run, in the runner's memory and nowhere else.</summary>
public sealed class RunSecrets
{
    public static readonly RunSecrets None = new(new Dictionary<string, Secret>());

    private readonly IReadOnlyDictionary<string, Secret> _values;

    /// <param name="values">By id.</param>
    public RunSecrets(IReadOnlyDictionary<string, Secret> values) => _values = values;

    /// <summary>Masks all of them.</summary>
    internal SecretMask Mask => field ??= _values.Count == 0 ? SecretMask.None : new SecretMask(_values.Keys.Select(id => Find(id)!));

    /// <summary>A text that a workload had a part in, as it may be shown.</summary>
    public string Masked(string text) => Mask.Apply(text);

    internal bool Has(string id) => _values.ContainsKey(id);

    /// <summary>The value as text, for the moment in which it is delivered; null when there is none.</summary>
    internal string? Find(string id) => _values.TryGetValue(id, out var secret) ? secret.Use(bytes => Encoding.UTF8.GetString(bytes)) : null;
}
