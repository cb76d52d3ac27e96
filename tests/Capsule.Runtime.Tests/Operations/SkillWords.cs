using System.Text.Json.Nodes;
using Capsule.Operations.Kits.Skills;
using Capsule.Runtime.Supervision;
using Capsule.Tests;

namespace Capsule.Runtime.Tests.Operations;

/// <summary>What stands behind a skill's program, and what becomes of records that cannot be used.</summary>
[TestClass]
public sealed class SkillWords
{
    private static readonly JsonObject Schema = JsonNode.Parse("""{"properties":{"text":{"type":"string"},"n":{"type":["integer","null"]},"tags":{"type":"array"},"maybe":{"type":["string","null"]}}}""")!.AsObject();

    [TestMethod]
    [DataRow("text=1 n=1", """{"text":"1","n":1}""")]
    [DataRow("text=a=b text=c", """{"text":["a=b","c"]}""")]
    [DataRow("tags=x", """{"tags":["x"]}""")]
    [DataRow("tags=x tags=y", """{"tags":["x","y"]}""")]
    [DataRow("tags=[1]", """{"tags":[1]}""")]
    [DataRow("maybe=null other=true more={\"a\":1}", """{"maybe":"null","other":true,"more":{"a":1}}""")]
    [DataRow("--json={\"a\":1}", """{"a":1}""")]
    [DataRow("-", """{"in":1}""")]
    [DataRow("", "{}")]
    public void BecomeArguments(string words, string arguments)
    {
        var call = SkillCall.Read(["say", .. words.Split(' ', StringSplitOptions.RemoveEmptyEntries)]).Value!;
        Assert.IsTrue(JsonNode.DeepEquals(JsonNode.Parse(arguments), call.Arguments(Schema, "{\"in\":1}").Value), call.Arguments(Schema, "{\"in\":1}").Value?.ToJsonString());
    }

    [TestMethod]
    [DataRow("say text")]
    [DataRow("say =x")]
    [DataRow("say a=b --json {}")]
    [DataRow("say --json {} a=b")]
    [DataRow("say --json")]
    [DataRow("say --other=x")]
    [DataRow("--other")]
    public void AreRefused(string words) => Assert.AreEqual("CAP5506", SkillCall.Read(words.Split(' ')).Diagnostics[0].Code);

    [TestMethod]
    [DataRow("[]")]
    [DataRow("{")]
    [DataRow("")]
    public void HoldAnObject(string json) => Assert.AreEqual("CAP5507", SkillCall.Read(["say", "--json", json]).Value!.Arguments(Schema, null).Diagnostics[0].Code);

    [TestMethod]
    public void ARecordThatNamesOthersFilesRemovesNone()
    {
        using var folder = new TemporaryFolder();
        var mine = folder.Write("mine/words", "mine");
        folder.Write("skills/a.0.json", "{ broken");
        folder.Write("skills/b.0.json", $$"""{"run":"b","folder":"{{folder["mine"]}}","fresh":"{{folder["none"]}}","files":{"words":"{{new string('0', 64)}}","../mine/words":"x"},"made":[]}""");
        Directory.CreateSymbolicLink(folder["link"], folder["mine"]);
        folder.Write("skills/c.0.json", $$"""{"run":"c","folder":"{{folder["link"]}}","fresh":"{{folder["none"]}}","files":{"words":"{{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("mine"u8))}}"},"made":["{{folder["link"]}}"]}""");
        var left = SkillLeftovers.Sweep(new CapsuleHome(folder.Path));
        Assert.AreEqual("CAP5504", left.Single().Code);
        Assert.AreEqual("mine", File.ReadAllText(mine));
        Assert.IsTrue(File.Exists(folder["skills", "a.0.json"]), "what cannot be read is left to a later version");
        Assert.IsFalse(File.Exists(folder["skills", "b.0.json"]));
    }

    [TestMethod]
    public void WhatCannotBeRemovedIsTriedAgain()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        // The kernel's own files are deleted by nobody.
        using var folder = new TemporaryFolder();
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("Linux\n"u8));
        folder.Write("skills/a.0.json", $$"""{"run":"a","folder":"/proc/sys/kernel","fresh":"{{folder["none"]}}","files":{"ostype":"{{hash}}"},"made":[]}""");
        Assert.AreEqual("CAP5511", SkillLeftovers.Sweep(new CapsuleHome(folder.Path)).Single().Code);
        Assert.IsTrue(File.Exists(folder["skills", "a.0.json"]));
    }

    [TestMethod]
    public void AFileOnTheWayIsNoFolder()
    {
        using var folder = new TemporaryFolder();
        folder.Write(".codex", "x");
        Assert.AreEqual("CAP5503", SkillPlace.OfUser("codex", folder.Path, "words").Problem()?.Code);
        Assert.IsNull(SkillPlace.OfUser("claude", folder.Path, "words").Problem());
    }
}
