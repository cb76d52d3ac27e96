using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Operations.Settings;
using Capsule.Tests;

namespace Capsule.Runtime.Tests.Operations;

[TestClass]
public sealed class ReadingSettings : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void WithoutTheFileGivesTheDefaults()
    {
        var settings = UserSettings.Load(_folder["config.toml"]);

        Assert.IsTrue(settings.Succeeded);
        Assert.IsNull(settings.Value.UidRange);
        Assert.IsEmpty(settings.Value.Feeds);
        Assert.IsFalse(settings.Value.ForSandboxes().LandlockRequired);
    }

    [TestMethod]
    public void GivesWhatTheFileSays()
    {
        var settings = Load("[sandbox]\nuid_range = \"210000-210999\"\nlandlock = \"required\"\n[[feed]]\naddress = \"/srv/a\"\n[[feed]]\naddress = \"/srv/b\"\n");

        Assert.IsTrue(settings.Succeeded, settings.Diagnostics.FirstOrDefault()?.Message);
        Assert.AreEqual(1000, settings.Value.UidRange!.Count);
        Assert.IsTrue(settings.Value.ForSandboxes().LandlockRequired);
        CollectionAssert.AreEqual(new[] { "/srv/a", "/srv/b" }, settings.Value.Feeds.ToArray());
    }

    [TestMethod]
    [DataRow("[sandbox]\nuid_range = 5\n", "CAP9250", 2, 13, "sandbox.uid_range must be a string, but it is an integer.")]
    [DataRow("[sandbox]\nlandlock = \"off\"\n", "CAP92", 2, 12, "off")]
    [DataRow("sandbox = true\n", "CAP9250", 1, 11, "sandbox must be a map, but it is a boolean.")]
    [DataRow("[[replace]]\nrepository = \"a\"\nwith = \"b\"\n[[replace]]\nrepository = \"a\"\nwith = \"c\"\n", "CAP9255", 5, 14, "The repository 'a' is replaced twice.")]
    [DataRow("[sandbox]\nuid_rang = \"1-2\"\n", "CAP9251", 2, 1, "Did you mean 'uid_range'?")]
    [DataRow("[network]\n", "CAP9251", 1, 2, "config.toml has no setting 'network' in the top level.")]
    [DataRow("[[feed]]\n", "CAP9252", 1, 1, "feed[0].address is missing.")]
    [DataRow("[relays]\nexit_to_open_ai = \"http://llm.example.com\"\n", "CAP5740", 2, 19, "it is plain http, and not on loopback")]
    [DataRow("[relays]\nexit_to_anthropic = \"ftp://127.0.0.1\"\n", "CAP5740", 2, 21, "it is not https")]
    [DataRow("[relays]\nexit_to_open_ai = \"https://me:pass@llm.example.com\"\n", "CAP5740", 2, 19, "it holds more than")]
    [DataRow("[relays]\nexit_to_open_ai = \"llm\"\n", "CAP5740", 2, 19, "it is no address")]
    [DataRow("[relays]\nexit_to_elsewhere = \"https://a.example\"\n", "CAP9251", 2, 1, "exit_to_elsewhere")]
    [DataRow("[sandbox]\nuid_range = \"1-999\"\n", "CAP51", 2, 13, "belong to the system")]
    public void RefusesWhatItCannotUseAtItsPlace(string text, string code, int line, int column, string message)
    {
        var settings = Load(text);

        Assert.IsFalse(settings.Succeeded);
        var problem = settings.Diagnostics.Single();
        StringAssert.StartsWith(problem.Code, code);
        StringAssert.Contains(problem.Message, message);
        Assert.AreEqual((line, column), (problem.Span!.Value.Line, problem.Span.Value.Column), problem.Message);
    }

    [TestMethod]
    public void LeadsRelaysToAGatewayOrToThisMachine()
    {
        var settings = Load("[relays]\nexit_to_open_ai = \"https://llm.example.com/openai\"\nexit_to_anthropic = \"http://[::1]:8080\"\nexit_to_google_ai_studio = \"http://localhost:1\"\n");

        Assert.IsTrue(settings.Succeeded, settings.Diagnostics.FirstOrDefault()?.Message);
        Assert.HasCount(3, settings.Value.Relays);
        Assert.AreEqual(new Uri("https://llm.example.com/openai"), settings.Value.Relays["exit_to_open_ai"]);
    }

    [TestMethod]
    public void TellsEveryProblemAtOnce()
    {
        var settings = Load("speed = 1\n[sandbox]\nuid_range = 5\n[[feed]]\n");

        CollectionAssert.AreEquivalent(new[] { "CAP9250", "CAP9251", "CAP9252" }, settings.Diagnostics.Select(d => d.Code).ToArray());
    }

    /// <summary>No setting is an enumeration or a number yet; the texts for them are of the same table.</summary>
    [TestMethod]
    public void WordsForWhatIsNotAllowedAreComplete()
    {
        var document = TomlReader.Read(new SourceText("config.toml", "mode = \"loud\"\nport = 99999\n")).Value!;
        var problems = new List<Diagnostic>();
        var root = FieldReader.Root(document, UserSettings.Kinds, problems)!;

        root.OneOf("mode", "quiet", "normal");
        root.Integer("port", 1, 65535);

        CollectionAssert.AreEqual(
            new[] { "CAP9253 mode is 'loud'. Use one of: quiet, normal.", "CAP9254 port is 99999, but must lie between 1 and 65535." },
            problems.Select(p => $"{p.Code} {p.Message}").ToArray());
    }

    private Result<UserSettings> Load(string text) => UserSettings.Load(_folder.Write("config.toml", text));
}
