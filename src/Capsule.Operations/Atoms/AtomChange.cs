using Capsule.Core.Diagnostics;
using Capsule.Families.Atoms;
using Capsule.Families.Atoms.Edits;
using Capsule.Families.Atoms.Rules;

namespace Capsule.Operations.Atoms;

/// <summary>An atom that was opened to be changed, and what the checks say of it. Nothing is written before the file is saved.</summary>
internal sealed record AtomChange(AtomSession Session, AtomFile File, AtomReport Report, IReadOnlyList<Diagnostic> Notes)
{
    /// <summary>The atom as it is.</summary>
    public AtomResult Result => field ??= AtomValidate.Result(Session, Report);

    /// <summary>Opens the atom of a call and hands it on; what keeps it from being opened is the answer otherwise.</summary>
    public static async Task<AtomOutcome> RunAsync(AtomCall call, Func<AtomChange, Task<AtomOutcome>> change, CancellationToken cancel)
    {
        var session = AtomSession.Open(call);
        if (!session.Succeeded)
        {
            return AtomOutcome.Failed(session.Diagnostics);
        }

        var opened = AtomFile.Open(Path.Combine(AtomValidator.FolderOf(call.FullPath), AtomNames.ManifestName));
        return opened.Succeeded
            ? await change(new AtomChange(session.Value, opened.Value, await session.Value.CheckAsync(opened.Value.Source, cancel), session.Diagnostics))
            : AtomOutcome.Failed([.. session.Diagnostics, .. opened.Diagnostics]);
    }

    /// <summary>The answer about this atom.</summary>
    public AtomOutcome Done(AtomResult result) => new([result], Notes);

    public AtomOutcome Failed(params IEnumerable<Diagnostic> problems) => Done(Result with { Problems = [.. problems] });
}
