using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Tests;
using Capsule.Trust.Keys;
using Capsule.Trust.Quorum;

namespace Capsule.Trust.Tests.Quorum;

[TestClass]
public class TrustFileForm
{
    private const string OtherSpki =
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEYP7UuiVanTHJYet0xjVtaMBJuJI7Yfps5mliLmDyn7Z5A/4QCLi8maQa6elWKLxk8vGyDC1+n1F3o8KU1EYimQ==";

    private const string Full =
        $$"""
        version = 3
        expires = 2027-11-21T00:00:00Z
        [default]
        unknown = "ask"
        unsigned = "refuse"
        [signers.maintainer-a]
        purpose = "release"
        keys = [{ algorithm = "ecdsa-p256", spki = "{{TrustVector.Spki}}" }]
        [signers.security-a]
        purpose = "release"
        require_all_keys = true
        keys = [{ algorithm = "ecdsa-p256", spki = "{{OtherSpki}}" }]
        [[scope]]
        match = "acme/*"
        feeds = ["https://feed.acme.example/v3/index.json"]
        accept = ["ecdsa-p256", "ed25519", "ml-dsa-65", "ml-dsa-87"]
        roles.release = { signers = ["maintainer-a", "security-a"], threshold = 2 }
        roles.security = { signers = ["security-a"], threshold = 1 }
        require = ["release", "security"]
        min_version = { "acme/hello" = "1.4.0" }
        [[revoked]]
        key = "sha256:0000000000000000000000000000000000000000000000000000000000000000"
        reason = "lost laptop"
        """;

    [TestMethod]
    public void IsReadInFull()
    {
        var policy = Read(Full).Value!;
        Assert.AreEqual(3, policy.Version);
        Assert.AreEqual(new DateTimeOffset(2027, 11, 21, 0, 0, 0, TimeSpan.Zero), policy.Expires);
        Assert.AreEqual(DefaultRule.Ask, policy.Unknown);
        Assert.AreEqual(DefaultRule.Refuse, policy.Unsigned);
        Assert.AreEqual(TrustVector.Key, policy.Signers["maintainer-a"].Keys.Single());
        Assert.IsTrue(policy.Signers["security-a"].RequireAllKeys);
        var scope = policy.ScopeOf("acme", "anything")!;
        Assert.AreEqual(2, scope.Roles["release"].Threshold);
        CollectionAssert.AreEqual(new[] { "release", "security" }, scope.Require.ToArray());
        Assert.AreEqual("1.4.0", scope.MinVersion["acme/hello"].Text);
        Assert.AreEqual("lost laptop", policy.Revoked.Single().Reason);
        Assert.IsNull(policy.ScopeOf("other", "x"));
    }

    [TestMethod]
    public void TakesTheMostSpecificScopeOnly()
    {
        const string Role = "roles.release = { signers = [\"maintainer-a\"], threshold = 1 }\n";
        var policy = Read($"{Full}\n[[scope]]\nmatch = \"*\"\n{Role}[[scope]]\nmatch = \"acme/hello\"\n{Role}").Value!;
        Assert.AreEqual("acme/hello", policy.ScopeOf("acme", "hello")!.Match.Text);
        Assert.AreEqual("acme/*", policy.ScopeOf("acme", "other")!.Match.Text);
        Assert.AreEqual("*", policy.ScopeOf("beta", "hello")!.Match.Text);
    }

    [TestMethod]
    [DataRow("CAP3100", "version = 3", "version = \"3\"", 1)]
    [DataRow("CAP3101", "unknown = \"ask\"", "unknwon = \"ask\"", 4)]
    [DataRow("CAP3101", "threshold = 1 }", "threshold = 1, treshold = 2 }", 18)]
    [DataRow("CAP3102", "version = 3", "", 1)]
    [DataRow("CAP3103", "unknown = \"ask\"", "unknown = \"allow\"", 4)]
    [DataRow("CAP3103", "\"ed25519\"", "\"ed25518\"", 16)]
    [DataRow("CAP3103", "algorithm = \"ecdsa-p256\", spki = \"MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAET", "algorithm = \"rsa\", spki = \"MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAET", 8)]
    [DataRow("CAP3104", "version = 3", "version = 0", 1)]
    [DataRow("CAP3104", "threshold = 1 }", "threshold = 0 }", 18)]
    [DataRow("CAP3104", "threshold = 1 }", "threshold = -1 }", 18)]
    [DataRow("CAP3119", "version = 3", "version = 3\nversion = 4", 1)]
    [DataRow("CAP3119", "[[revoked]]", "[signers.maintainer-a]\nkeys = []\n[[revoked]]", 1)]
    [DataRow("CAP3105", "[\"security-a\"]", "[\"security-b\"]", 18)]
    [DataRow("CAP3106", "threshold = 2", "threshold = 3", 17)]
    [DataRow("CAP3107", "require = [\"release\", \"security\"]", "require = [\"release\", \"audit\"]", 19)]
    [DataRow("CAP3108", OtherSpki, TrustVector.Spki, 12)]
    [DataRow("CAP3109", OtherSpki, "aGVsbG8=", 12)]
    [DataRow("CAP3109", "spki = \"" + OtherSpki + "\"", "file = \"no-such-file.pub\"", 12)]
    [DataRow("CAP3109", ", spki = \"" + OtherSpki + "\"", "", 12)]
    [DataRow("CAP3110", "\"acme/*\"", "\"acme/**\"", 14)]
    [DataRow("CAP3110", "\"acme/*\"", "\"acme\"", 14)]
    [DataRow("CAP3112", "[signers.security-a]\npurpose = \"release\"", "[signers.security-a]\npurpose = \"atom\"", 17)]
    [DataRow("CAP3113", "2027-11-21T00:00:00Z", "2027-11-21", 2)]
    [DataRow("CAP3114", "\"1.4.0\"", "\"1.4\"", 20)]
    [DataRow("CAP3114", "\"acme/hello\"", "\"beta/hello\"", 20)]
    [DataRow("CAP3115", "sha256:00", "sha256:0", 22)]
    [DataRow("CAP3109", "algorithm = \"ecdsa-p256\", spki = \"MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEY", "algorithm = \"ml-dsa-65\", spki = \"MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEY", 12)]
    [DataRow("CAP3119", "version = 3", "version = ", 1)]
    [DataRow("CAP3120", "[\"maintainer-a\", \"security-a\"]", "[\"maintainer-a\", \"maintainer-a\", \"security-a\"]", 17)]
    [DataRow("CAP3121", "accept = [\"ecdsa-p256\", \"ed25519\", \"ml-dsa-65\", \"ml-dsa-87\"]", "accept = []", 16)]
    public void IsRefusedAtThePlaceOfItsMistake(string code, string part, string replacement, int line)
    {
        Assert.Contains(part, Full);
        var read = Read(Full.Replace(part, replacement, StringComparison.Ordinal));
        Assert.IsFalse(read.Succeeded);
        Assert.AreEqual(ExitCode.Refused, read.Exit);
        var problem = read.Diagnostics.FirstOrDefault(d => d.Code == code);
        Assert.IsNotNull(problem, string.Join('\n', read.Diagnostics.Select(d => $"{d.Code} {d.Message}")));
        Assert.AreEqual(line, problem.Span!.Value.Line, problem.Message);
    }

    [TestMethod]
    public void IsRefusedWithTwoScopesForTheSame()
    {
        var read = Read(Full + "\n[[scope]]\nmatch = \"acme/*\"\nroles.release = { signers = [\"maintainer-a\"], threshold = 1 }\n");
        Assert.AreEqual("CAP3111", read.Diagnostics.Single().Code);
    }

    [TestMethod]
    public void TakesKeysFromFilesBesideIt()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.pub", System.Text.Encoding.ASCII.GetString(PublicKeyFile.Write(new KnownKey(TrustVector.Key, KeyPurpose.Release))));
        var path = folder.Write("trust.toml", "version = 1\n[signers.a]\nkeys = [{ algorithm = \"ecdsa-p256\", file = \"a.pub\" }]\n");
        Assert.AreEqual(TrustVector.Key, TrustFileReader.Load(path).Value!.Signers["a"].Keys.Single());

        folder.Write("a.pub", System.Text.Encoding.ASCII.GetString(PublicKeyFile.Write(new KnownKey(TrustVector.Key, KeyPurpose.Atom))));
        Assert.AreEqual("CAP3109", TrustFileReader.Load(path).Diagnostics.Single().Code);
    }

    [TestMethod]
    public void ThatIsMissingIsRefused() => Assert.AreEqual("CAP3119", TrustFileReader.Load("/no/such/trust.toml").Diagnostics[0].Code);

    private static Result<TrustPolicy> Read(string text) => TrustFileReader.Read(new SourceText("/p/trust.toml", text));
}
