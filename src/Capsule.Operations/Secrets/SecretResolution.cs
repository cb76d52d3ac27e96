using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Secrets;
using Capsule.Runtime.Supervision;
using Capsule.Trust.Keys;

namespace Capsule.Operations.Secrets;

/// <summary>Finds the values of all secrets that a plan uses: given for this run, kept, made, or asked for.</summary>
/// <param name="store">Where they are kept.</param>
/// <param name="package">The place of the package's own.</param>
/// <param name="name">How the user calls the package, for the command that sets a secret.</param>
public sealed class SecretResolution(SecretStore store, SecretPlace package, string name)
{
    /// <summary>For a compiled package and where its files lie.</summary>
    /// <param name="plan">What uses them.</param>
    /// <param name="folder">The project, or the tree of a package of others.</param>
    /// <param name="installed">True for such a tree.</param>
    /// <param name="home">Where values are kept.</param>
    /// <param name="origin">How a user calls a stranger's package.</param>
    public static SecretResolution Of(LaunchPlan plan, string folder, bool installed, CapsuleHome home, string? origin = null) =>
        new(SecretStore.In(home), SecretPlaces.Of(plan.Package, folder, installed), origin is null ? SecretPlaces.Name(plan.Package, folder, installed) : SecretPlaces.Quoted(origin));

    /// <summary>The values, or every secret that has none (CAP5711), and what is wrong with the others (CAP5700 to CAP5712).</summary>
    public Result<RunSecrets> Resolve(LaunchPlan plan, GivenSecrets given)
    {
        var used = UsedSecrets.Of(plan);
        var values = new Dictionary<string, Secret>(StringComparer.Ordinal);
        var problems = new List<Diagnostic>();
        foreach (var id in given.Values.Keys.Where(id => used.All(u => u.Id != id)).Order(StringComparer.Ordinal))
        {
            problems.Add(SecretDiagnostics.NotUsed.Now(id, plan.Package.Name, used.Count == 0 ? "none" : string.Join(", ", used.Select(u => u.Id))));
        }

        foreach (var secret in used)
        {
            var found = Find(secret, given);
            problems.AddRange(found.Diagnostics);
            if (found.Value is { } value)
            {
                values[secret.Id] = value;
                problems.AddRange(new[] { SecretRules.Problem(secret.Id, value, secret.Line), SecretRules.Weakness(secret.Id, value) }.OfType<Diagnostic>());
            }
        }

        return problems.Any(p => p.IsError) ? Result.Failed<RunSecrets>(problems) : Result.Of(new RunSecrets(values), problems);
    }

    private Result<Secret> Find(DeclaredSecret secret, GivenSecrets given)
    {
        if (given.Values.TryGetValue(secret.Id, out var value))
        {
            return value;
        }

        var place = PlaceOf(secret);
        var kept = store.Get(place, secret.Id);
        return kept.Succeeded || kept.Diagnostics[0].Kind != SecretDiagnostics.NotSet ? kept
            : secret.Generate ? Make(secret, place, given)
            : given.Ask?.Invoke(secret) is { } answer ? Keep(secret, place, answer, given)
            : SecretDiagnostics.Missing.Now(secret.Id, TerminalText.Line(secret.Usage), Command(secret));
    }

    private Result<Secret> Make(DeclaredSecret secret, SecretPlace place, GivenSecrets given)
    {
        var made = SecretRules.Generate();
        var problem = store.Set(place, secret.Id, made, replace: false);
        if (problem?.Kind == SecretDiagnostics.AlreadySet)
        {
            // Another run was faster; both use the same.
            return store.Get(place, secret.Id);
        }

        if (problem is not null)
        {
            return problem;
        }

        given.Say($"made a value for the secret '{secret.Id}' and kept it in the store of {place.Words}");
        return made;
    }

    private Result<Secret> Keep(DeclaredSecret secret, SecretPlace place, Secret answer, GivenSecrets given)
    {
        if ((SecretRules.Problem(secret.Id, answer, secret.Line) ?? store.Set(place, secret.Id, answer)) is { } problem)
        {
            return problem;
        }

        given.Say($"kept in the store of {place.Words}; to change it: {Command(secret)}");
        return answer;
    }

    private SecretPlace PlaceOf(DeclaredSecret secret) => secret.Keeping is SecretKeeping.Vault ? SecretPlace.Vault : package;

    private string Command(DeclaredSecret secret) =>
        $"capsule kit secrets set {secret.Id} {(secret.Keeping is SecretKeeping.Vault ? "--vault" : $"--kit {name}")}";
}
