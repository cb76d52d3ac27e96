namespace Capsule.Runtime.Testing.Reports;

/// <summary>What a case shows besides its outcome: the values it was to show, then what its command printed last.</summary>
public static class CaseOutput
{
    public static string Of(CaseResult result) => string.Join('\n', result.Verbose.Select(v => v.ToString()).Concat(result.Output));
}
