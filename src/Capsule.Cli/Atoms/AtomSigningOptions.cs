using System.CommandLine;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Operations.Atoms;
using Capsule.Packaging.Containers;
using Capsule.Runtime.Supervision;
using Capsule.Trust.Keys;

namespace Capsule.Cli.Atoms;

/// <summary>The options of commands that sign atoms.</summary>
internal sealed class AtomSigningOptions
{
    private readonly Option<bool> _deterministic = new("--deterministic") { Description = "Sign without random bytes and at SOURCE_DATE_EPOCH if it is set, so that the run can be repeated bit by bit." };
    private readonly PassphraseOptions _passphrase = new();

    public IReadOnlyList<Symbol> Symbols => [_deterministic, .. _passphrase.Symbols];

    public AtomSigning Read(ParseResult line, CancellationToken cancel)
    {
        var home = CapsuleHome.Find();
        return new AtomSigning
        {
            Deterministic = line.GetValue(_deterministic),
            Passphrase = _passphrase.Named(line, Directory.GetCurrentDirectory()),
            Ask = PassphrasePrompt.At(Terminal.OfProcess(), line.GetValue<bool>("--json"), cancel),
            Keys = KeyStore.In(home.Value?.Root ?? throw new RefusedException(home.Diagnostics[0])),
        };
    }

    /// <summary>The call with the time that its signatures state: the present, unless the run is to be repeatable and says a time.</summary>
    public AtomCall Timed(AtomCall call, ParseResult line)
    {
        if (!line.GetValue(_deterministic) || Environment.GetEnvironmentVariable(SourceDate.Variable) is not { Length: > 0 } seconds)
        {
            return call;
        }

        var date = SourceDate.Parse(seconds);
        return call with { Now = date.Value?.Time ?? throw new RefusedException(date.Diagnostics[0]) };
    }
}
