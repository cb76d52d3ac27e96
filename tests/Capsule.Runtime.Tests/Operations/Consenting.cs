using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Distribution.Store;
using Capsule.Operations.Consent;
using Capsule.Operations.Sources;
using Capsule.Runtime.Supervision;
using Capsule.Tests;

namespace Capsule.Runtime.Tests.Operations;

/// <summary>Nothing stands for a person's yes but that yes, a consent file, or the permissions' own hash (specs: sandbox 3).</summary>
[TestClass]
public sealed class Consenting : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private ConsentQuestion? _question;

    private string File => _folder["consent", "acme.web.toml"];

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void WhoAsksForNothingNeedsNobody()
    {
        Assert.IsEmpty(Check(Plan()));
        Assert.IsFalse(System.IO.File.Exists(File));
    }

    [TestMethod]
    public void WithoutAPersonTheHashHasToBeNamed()
    {
        var plan = Plan("example.org");
        var refused = Check(plan).Single();
        Assert.AreEqual("CAP5430", refused.Code);
        Assert.AreEqual("Nobody has agreed yet to what 'acme/web' asks for:\n  | web/service may connect to example.org, port 443", refused.Message);
        StringAssert.Contains(refused.Hint, $"--consent {PlanHash.OfPermissions(plan)}");
        Assert.AreEqual("CAP5431", Check(plan, named: PlanHash.OfPermissions(Plan("example.net"))).Single().Code);
        Assert.AreEqual("CAP5431", Check(Plan(), named: PlanHash.OfPermissions(plan)).Single().Code);

        Assert.IsEmpty(Check(plan, named: PlanHash.OfPermissions(plan)));

        Assert.IsEmpty(Check(plan), "it is remembered");
        if (!OperatingSystem.IsWindows())
        {
            Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        }
    }

    [TestMethod]
    public void APersonIsAskedAgainOnlyWhenThereIsMore()
    {
        Assert.AreEqual("CAP5432", Check(Plan("example.org"), answer: false).Single().Code);
        Assert.AreEqual("CAP5430", Check(Plan("example.org")).Single().Code, "a no is not a yes");
        Assert.IsEmpty(Check(Plan("example.org", "example.net"), answer: true));

        Assert.IsEmpty(Check(Plan("example.net")), "less");
        Assert.IsEmpty(Check(Plan("example.net", "example.org")), "as before");
        Assert.AreEqual("CAP5432", Check(Plan("example.net", "example.com"), answer: false).Single().Code);

        CollectionAssert.AreEqual(new[] { false, true }, _question!.Asked.Select(_question.IsNew).ToArray());
    }

    [TestMethod]
    public void AnotherFolderIsAskedAboutAndFewerAreNot()
    {
        var plan = Plan("example.org");
        Assert.IsEmpty(Check(plan, answer: true, given: ["models=/data/models", "notes=/data/notes"]));
        CollectionAssert.AreEqual(new[] { "the mount 'models' is /data/models", "the mount 'notes' is /data/notes" }, _question!.Given.ToArray());
        Assert.IsEmpty(Check(plan, given: ["models=/data/models", "notes=/data/notes"]), "as before");
        Assert.IsEmpty(Check(plan, given: ["notes=/data/notes"]), "fewer");

        var other = Check(plan, given: ["models=/data/secrets", "notes=/data/notes"]).Single();
        Assert.AreEqual("CAP5430", other.Code);
        StringAssert.EndsWith(other.Message, "port 443\n  | the mount 'models' is /data/secrets\n  | the mount 'notes' is /data/notes");
        Assert.AreEqual("CAP5430", Check(plan, given: ["models=/data/notes"]).Single().Code, "a folder for another mount");
        Assert.AreEqual("CAP5432", Check(plan, answer: false, given: ["models=/data/other"]).Single().Code);
        CollectionAssert.AreEqual(new[] { true }, _question.Given.Select(_question.IsNew).ToArray());

        Assert.IsEmpty(Check(plan, answer: true, given: ["models=/data/other"]));
        Assert.IsEmpty(Check(plan, given: ["models=/data/models"]), "both were agreed to");
        Assert.IsEmpty(Check(Plan("example.org", "example.net"), answer: true, given: ["models=/data/other"]));
        Assert.AreEqual("CAP5430", Check(Plan("example.org", "example.net"), given: ["models=/data/models"]).Single().Code, "agreed to for one that reached less");
    }

    [TestMethod]
    public void AHashNamesPermissionsAndFolders()
    {
        var plan = Plan("example.org");
        string[] given = ["models=/data/models"];
        var hash = PlanHash.OfConsent(plan, Grants(given));
        Assert.AreNotEqual(PlanHash.OfPermissions(plan), hash);
        StringAssert.Contains(Check(plan, given: given).Single().Hint, $"--consent {hash}");
        Assert.AreEqual("CAP5431", Check(plan, named: PlanHash.OfPermissions(plan), given: given).Single().Code, "the folder is not named");
        Assert.AreEqual("CAP5431", Check(plan, named: hash, given: ["models=/data/other"]).Single().Code);
        Assert.AreEqual("CAP5431", Check(plan, named: hash).Single().Code);

        Assert.IsEmpty(Check(plan, named: hash, given: given));
        StringAssert.Contains(System.IO.File.ReadAllText(File), $"grants_hash = \"{PlanHash.OfGrants(Grants(given))}\"\ngrants = [\n  \"the mount 'models' is /data/models\",\n]\n");
        Assert.AreEqual(PlanHash.OfGrants(Grants(given)), PlanHash.OfGrants(Grants(given) with { Port = 8080 }), "a port of loopback widens nothing");
    }

    [TestMethod]
    public void OtherSignersAreAskedAbout()
    {
        Assert.IsEmpty(Check(Plan("example.org"), answer: true));

        Assert.AreEqual("CAP5430", Check(Plan("example.org"), signers: ["mallory"]).Single().Code);
        Assert.AreEqual("CAP5430", Check(Plan("example.org"), signers: ["acme", "mallory"]).Single().Code);
        Assert.AreEqual("CAP5430", Check(Plan("example.org"), signers: []).Single().Code);
    }

    [TestMethod]
    public void AnotherPackagesConsentCountsForNothing()
    {
        Assert.IsEmpty(Check(Plan("example.org"), answer: true));
        var text = System.IO.File.ReadAllText(File).Replace("\"acme/web\"", "\"acme/other\"", StringComparison.Ordinal);
        System.IO.File.WriteAllText(File, text);

        Assert.AreEqual("CAP5430", Check(Plan("example.org")).Single().Code);
    }

    [TestMethod]
    public void AGpuIsAskedForApartAndNeverGivenAtFirstUse()
    {
        Assert.AreEqual("CAP5443", Check(Plan(), answer: true, gpu: true, byRule: false).Single().Code);
        Assert.AreEqual("CAP5443", Check(Plan(), named: PlanHash.OfConsent(Plan(), new Grants { Gpu = true }), gpu: true, byRule: false).Single().Code);
        Assert.IsEmpty(Check(Plan("example.org"), answer: true));

        StringAssert.Contains(Check(Plan("example.org"), gpu: true).Single().Message, "it may use the GPUs of this machine");
        Assert.AreEqual("CAP5432", Check(Plan("example.org"), answer: false, gpu: true).Single().Code);
        Assert.AreEqual("CAP5431", Check(Plan("example.org"), named: PlanHash.OfPermissions(Plan("example.org")), gpu: true).Single().Code, "the permissions' own hash names no GPU");
        Assert.IsEmpty(Check(Plan("example.org"), named: PlanHash.OfConsent(Plan("example.org"), new Grants { Gpu = true }), gpu: true));
        Assert.IsEmpty(Check(Plan("example.org"), gpu: true), "it is remembered");
        Assert.IsEmpty(Check(Plan("example.org")));
    }

    [TestMethod]
    public void AStrangersContentIsAskedAboutEvenWhenItAsksForNothing()
    {
        var (first, second) = (Stranger("1"), Stranger("2"));
        var refused = Check(Plan(), first).Single();
        Assert.AreEqual(("CAP5430", "Nobody has agreed yet to what 'https://example.org/kit#main' asks for:\n  | nothing but its own files, folders and memory"), (refused.Code, refused.Message));
        Assert.AreEqual("CAP5431", Check(Plan(), first, named: PlanHash.OfPermissions(Plan())).Single().Code, "the permissions alone name no content");
        var hash = PlanHash.OfConsent(Plan("example.org"), Core.Plans.Grants.None, first.Content);
        Assert.IsEmpty(Check(Plan("example.org"), first, named: hash));
        Assert.IsEmpty(Check(Plan("example.org"), first), "it is remembered");
        Assert.IsEmpty(Check(Plan(), first), "less");
        Assert.AreEqual("CAP5430", Check(Plan("example.org", "example.net"), first).Single().Code, "more");

        Assert.AreEqual("CAP5430", Check(Plan("example.org"), second).Single().Code, "another commit");
        Assert.AreEqual("CAP5431", Check(Plan("example.org"), second, named: hash).Single().Code);
        StringAssert.EndsWith(Check(Plan("example.org", "example.net"), second).Single().Message, ":\n  |   web/service may connect to example.org, port 443\n  | + web/service may connect to example.net, port 443");
        Assert.AreEqual("CAP5432", Check(Plan("example.org", "example.net"), second, answer: false).Single().Code);
        Assert.AreEqual((true, false, true), (_question!.IsOtherContent, _question.IsNew(_question.Asked[0]), _question.IsNew(_question.Asked[1])), "what is new is marked");
        Assert.IsEmpty(Check(Plan("example.org", "example.net"), second, answer: true));
        Assert.IsEmpty(Check(Plan("example.org"), first), "both were agreed to");
        Assert.AreEqual("CAP5430", Check(Plan("example.org"), Stranger("1", "capsule-tree/1:other")).Single().Code, "what it depends on runs too");
        Assert.AreEqual("CAP5443", Check(Plan(), first, answer: true, given: new Grants { Gpu = true }).Single().Code);
    }

    [TestMethod]
    [DataRow("package = 1\npermission_hash = \"x\"\n", "CAP5440", 1)]
    [DataRow("package = \"acme/web\"\npermission_hash = \"x\"\nallow = true\n", "CAP5441", 3)]
    [DataRow("package = \"acme/web\"\n", "CAP5442", 1)]
    [DataRow("package = \n", "CAP0", 1)]
    public void ABrokenFileIsNoConsent(string text, string code, int line)
    {
        _folder.Write("consent/acme.web.toml", text);

        var problem = Check(Plan("example.org"), answer: true)[0];

        StringAssert.StartsWith(problem.Code, code);
        Assert.AreEqual((File, line), (problem.Span!.Value.File, problem.Span.Value.Line));
        Assert.AreEqual(text, System.IO.File.ReadAllText(File));
    }

    private static ConsentSubject Stranger(string commit, params string[] others) => ConsentSubject.Of(
        new ForeignPackage { Name = "https://example.org/kit#main", Origin = "https://example.org/kit", Commit = commit, Tree = "/t", Folder = "/t", Identity = $"capsule-tree/1:{commit}" }, others);

    private IReadOnlyList<Diagnostic> Check(LaunchPlan plan, ConsentSubject subject, string? named = null, bool? answer = null, Grants? given = null) => ConsentCheck.Check(new ConsentRequest
    {
        Home = new CapsuleHome(_folder.Path),
        Subject = subject,
        Plan = plan,
        Grants = given ?? Core.Plans.Grants.None,
        Named = named,
        Ask = answer is null ? null : question =>
        {
            _question = question;
            return answer.Value;
        },
    });

    private IReadOnlyList<Diagnostic> Check(LaunchPlan plan, string? named = null, bool? answer = null, string[]? signers = null, string[]? given = null, bool gpu = false, bool byRule = true) => ConsentCheck.Check(new ConsentRequest
    {
        Home = new CapsuleHome(_folder.Path),
        Subject = ConsentSubject.Of(new InstalledPackage("capsule", "acme", "web", "1.0.0", "capsule-tree/1:" + new string('0', 64), "capsule.toml", "feed", signers ?? ["acme"]) { ByRule = byRule }),
        Plan = plan,
        Grants = Grants(given ?? []) with { Gpu = gpu },
        Named = named,
        Ask = answer is null ? null : question =>
        {
            _question = question;
            return answer.Value;
        },
    });

    private static Grants Grants(string[] given) => new() { Mounts = given.Select(g => g.Split('=')).ToDictionary(g => g[0], g => g[1]) };

    private static LaunchPlan Plan(params string[] hosts) => new()
    {
        Package = new PackageReference("capsule", "acme", "web", "1.0.0"),
        Cells =
        [
            new CellPlan
            {
                Id = "web",
                Processes =
                [
                    new ProcessPlan
                    {
                        Id = "web/service",
                        Stage = ProcessStage.Service,
                        Cwd = "/app",
                        Network = new NetworkPlan { Mode = hosts.Length > 0 ? NetworkMode.Egress : NetworkMode.Loopback, Egress = [.. hosts.Select(h => new EgressRule(h, [443]))] },
                    },
                ],
            },
        ],
    };
}
