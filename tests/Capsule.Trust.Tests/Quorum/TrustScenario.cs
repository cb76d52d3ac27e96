using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Tests;
using Capsule.Trust.Envelopes;
using Capsule.Trust.Keys;
using Capsule.Trust.Quorum;

namespace Capsule.Trust.Tests.Quorum;

/// <summary>A CAPSULE_HOME with a trust file, some signers, and a package to judge.</summary>
internal sealed class TrustScenario : IDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 11, 21, 0, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, IKeySigner> _signers = [];

    public TemporaryFolder Home { get; } = new();

    public PackageReference Package { get; set; } = new("kit", "acme", "hello", "1.0.0", TrustVector.Identity);

    public SignatureLines Lines { get; set; } = SignatureLines.None;

    public string? Feed { get; set; } = "feed";

    public List<TrustQuestion> Questions { get; } = [];

    /// <param name="name">What the test calls it; a second call gives the same key.</param>
    /// <param name="algorithm">Where the first call makes it.</param>
    /// <param name="purpose">Where the first call makes it.</param>
    public IKeySigner Key(string name, string algorithm = "ecdsa-p256", KeyPurpose purpose = KeyPurpose.Release)
    {
        if (!_signers.TryGetValue(name, out var signer))
        {
            _signers[name] = signer = TestKeys.New(purpose, algorithm);
        }

        return signer;
    }

    /// <summary>The table of a signer with the keys of those names.</summary>
    public string Signer(string name, params string[] keys) =>
        $"[signers.{name}]\nkeys = [{string.Join(", ", (keys.Length == 0 ? [name] : keys).Select(KeyEntry))}]\n";

    public string KeyEntry(string key) => $$"""{ algorithm = "{{Key(key).PublicKey.Algorithm.Name}}", spki = "{{Key(key).PublicKey.SpkiBase64}}" }""";

    public void WriteTrust(string text) => Home.Write("trust.toml", text);

    public async Task Sign(string role, params string[] keys)
    {
        var signed = await PackageSigner.SignAsync(
            new SignRequest { Package = Package, Signers = [.. keys.Select(key => Key(key))], Role = role, Existing = Lines }, CancellationToken.None);
        Assert.IsTrue(signed.Succeeded, signed.Diagnostics.FirstOrDefault()?.Message);
        Lines = signed.Value;
    }

    public Result<VerifiedPackage> Verify(bool? answer = null, string? identity = null, bool latest = false, params string[] tightening)
    {
        var trust = TrustContext.Open(Home.Path, tightening);
        return trust.Succeeded ? Verify(trust.Value, answer, identity, latest) : Result.Failed<VerifiedPackage>(trust.Diagnostics);
    }

    public Result<VerifiedPackage> Verify(TrustContext trust, bool? answer = null, string? identity = null, bool latest = false, SignatureLines? lines = null) =>
        PackageVerifier.Verify(new VerifyRequest
        {
            Package = Package,
            Lines = lines ?? Lines,
            Trust = trust,
            Feed = Feed,
            IsLatest = latest,
            ExpectedIdentity = identity,
            Now = Now,
            Ask = answer is { } yes ? question =>
            {
                Questions.Add(question);
                return yes;
            }
            : null,
        });

    /// <summary>Verifies, and remembers what was accepted, as an install does.</summary>
    public VerifiedPackage Accept(bool? answer = null, string? identity = null)
    {
        var verified = Verify(answer, identity);
        Assert.IsTrue(verified.Succeeded, Text(verified));
        var accepted = TrustContext.Open(Home.Path).Value!.StateFile.Accept(verified.Value);
        Assert.IsTrue(accepted.Succeeded, accepted.Diagnostics.FirstOrDefault()?.Message);
        return verified.Value;
    }

    public void Refuses(string code, Result<VerifiedPackage> result)
    {
        Assert.IsFalse(result.Succeeded, "It was trusted.");
        Assert.AreEqual(ExitCode.Refused, result.Exit);
        Assert.Contains(code, result.Diagnostics.Where(d => d.IsError).Select(d => d.Code), Text(result));
    }

    public void Trusts(TrustBasis basis, Result<VerifiedPackage> result)
    {
        Assert.IsTrue(result.Succeeded, Text(result));
        Assert.AreEqual(basis, result.Value.Basis);
    }

    public void Notes(string code, Result<VerifiedPackage> result) => Assert.Contains(code, result.Diagnostics.Select(d => d.Code), Text(result));

    public void Dispose()
    {
        foreach (var signer in _signers.Values)
        {
            signer.Dispose();
        }

        Home.Dispose();
    }

    private static string Text(Result<VerifiedPackage> result) => string.Join('\n', result.Diagnostics.Select(d => $"{d.Code} {d.Message}"));
}
