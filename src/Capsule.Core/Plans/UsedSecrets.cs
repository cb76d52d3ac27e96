namespace Capsule.Core.Plans;

/// <summary>Which secrets a plan uses: those of its processes and of its exits. What is declared and not used needs no value.</summary>
public static class UsedSecrets
{
    /// <summary>Each once, by id.</summary>
    public static IReadOnlyList<DeclaredSecret> Of(LaunchPlan plan)
    {
        var declared = (plan.Secrets ?? []).ToDictionary(s => s.Id, StringComparer.Ordinal);
        var ofProcesses = plan.Cells.SelectMany(c => c.Processes).SelectMany(p => p.Secrets).Select(s => (s.Id, Keeping: SecretKeeping.Package));
        return
        [
            .. ofProcesses.Concat((plan.Relays ?? []).Select(r => (Id: r.Secret, Keeping: SecretKeeping.Vault)))
                .DistinctBy(s => s.Id, StringComparer.Ordinal).OrderBy(s => s.Id, StringComparer.Ordinal)
                .Select(s => declared.GetValueOrDefault(s.Id) ?? new DeclaredSecret { Id = s.Id, Usage = "", Keeping = s.Keeping }),
        ];
    }

    /// <summary>Who uses a secret, in words, for example <c>hello</c> or <c>llm/relay</c>; empty for nobody.</summary>
    public static IReadOnlyList<string> By(LaunchPlan plan, string id) =>
    [
        .. plan.Cells.Where(c => c.Processes.Any(p => p.Secrets.Any(s => s.Id == id))).Select(c => c.Id),
        .. (plan.Relays ?? []).Where(r => r.Secret == id).Select(r => r.Id).Distinct(),
    ];

    /// <summary>What a run is given then: ids and where their values are kept; null for none.</summary>
    public static IReadOnlyDictionary<string, SecretKeeping>? Given(LaunchPlan plan) =>
        Of(plan) is { Count: > 0 } used ? used.ToDictionary(s => s.Id, s => s.Keeping, StringComparer.Ordinal) : null;
}
