using Capsule.Trust.Keys;

namespace Capsule.Trust.Tests.Keys;

[TestClass]
public class KeyReferences
{
    [TestMethod]
    public void NameAnIdAFileOrACommand()
    {
        Assert.AreEqual(new KeyReference.Id("maintainer-a"), KeyReference.Parse("maintainer-a").Value);
        Assert.AreEqual(new KeyReference.InFile(Path.GetFullPath("keys/a.key")), KeyReference.Parse("file:keys/a.key").Value);
        var command = (KeyReference.Command)KeyReference.Parse("command:/usr/bin/signer --slot  2").Value!;
        Assert.AreEqual("/usr/bin/signer", command.Program);
        CollectionAssert.AreEqual(new[] { "--slot", "2" }, command.Arguments.ToArray());
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("file:")]
    [DataRow("command:")]
    [DataRow("command:signer", DisplayName = "a program looked up in PATH")]
    [DataRow("../a")]
    [DataRow("a/b")]
    [DataRow("env:KEY")]
    public void ThatNameNothingAreRefused(string text) => Assert.AreEqual("CAP3201", KeyReference.Parse(text).Diagnostics.Single().Code);

    [TestMethod]
    [DataRow("-----BEGIN EC PRIVATE KEY-----\nMHcCAQEE\n-----END EC PRIVATE KEY-----")]
    [DataRow("LS0tLS1CRUdJTiBFQyBQUklWQVRFIEtFWS0tLS0tCk1IY0NBUUVF")]
    [DataRow("MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgMARKERMARKERMARKERMARKER")]
    [DataRow("MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdpK06A6nwoyA7HUAAACXqI9Edh", DisplayName = "Ed25519, which could be an id")]
    [DataRow("MDQCAQAwCwYJYIZIAWUDBAMSBCKAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f", DisplayName = "a seed of ML-DSA-65")]
    [DataRow("two lines of\na key without its label")]
    public void ThatHoldAKeyAreRefusedWithoutShowingIt(string text)
    {
        var problem = KeyReference.Parse(text, "CapsuleSigningKey").Diagnostics.Single();
        Assert.AreEqual("CAP3200", problem.Code);
        Assert.Contains("CapsuleSigningKey", problem.Message);
        Assert.DoesNotContain(text[..10], problem.Message + problem.Hint);
    }

    [TestMethod]
    public void MayHaveLongPaths() => Assert.IsNull(KeyMaterial.Guard("x", "file:/home/me/" + new string('a', 200)));

    [TestMethod]
    public void KeepSecretsOutOfText()
    {
        using var secret = Secret.FromText("marker-secret");
        Assert.DoesNotContain("marker", secret.ToString()!);
        Assert.DoesNotContain("marker", System.Text.Json.JsonSerializer.Serialize(secret));
    }

    [TestMethod]
    public void NativeDocumentsThatLookLikeEnvelopesAreNotSigned()
    {
        Assert.AreEqual("CAP3211", SigningMessage.Native("DSSEv1 28 application/vnd.in-toto+json 2 {}"u8).Diagnostics.Single().Code);
        Assert.IsTrue(SigningMessage.Native("DSSEv1"u8).Succeeded);
    }
}
