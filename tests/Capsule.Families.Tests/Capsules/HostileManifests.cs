using System.Text;
using Capsule.Core.Diagnostics;

namespace Capsule.Families.Tests.Capsules;

[TestClass]
public class HostileManifests
{
    private const int Rounds = 1500;

    [TestMethod]
    [DataRow("")]
    [DataRow("targets = 1")]
    [DataRow("targets = []")]
    [DataRow("[[targets]]\nruntime = \"web\"")]
    [DataRow("targets.app = \"web\"")]
    [DataRow("targets.env.port = 1")]
    [DataRow("targets.\"\".runtime = \"web\"")]
    [DataRow("name = [1]\nversion = 1.0\ntype = true\ndefault_target = {}")]
    [DataRow("pack = []\nnetwork = 1\nisolation = \"\"\nmetadata = 1\nbuild = []\nmodel = 1")]
    [DataRow("pack.include = [1, [], {}]")]
    [DataRow("execution = 1")]
    [DataRow("\u0000")]
    [DataRow("[targets.a]\n[targets.a]")]
    public void OddShapesAreRefusedWithAPlace(string manifest)
    {
        using var project = new CapsuleScenario(manifest);
        var result = project.Compile();
        Assert.IsFalse(result.Succeeded);
        Assert.IsTrue(result.Diagnostics.All(d => d.Span is not null && d.Hint.Length > 0));
    }

    [TestMethod]
    public void ADamagedManifestNeverThrows()
    {
        var random = new Random(20261121);
        var bytes = Encoding.UTF8.GetBytes($"{CapsuleScenario.Server}\ncmd = [\"a\"]\n[pack]\ninclude = [\"**\"]\n[network]\negress_allow = [\"a.b:1\"]\n");
        using var project = new CapsuleScenario("", "server.mjs");
        var refused = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var damaged = bytes.ToList();
            for (var hits = random.Next(1, 6); hits > 0; hits--)
            {
                var at = random.Next(damaged.Count);
                switch (random.Next(4))
                {
                    case 0:
                        damaged[at] = (byte)random.Next(256);
                        break;
                    case 1:
                        damaged.RemoveAt(at);
                        break;
                    case 2:
                        damaged.Insert(at, "\"'[]{}=.,\n#\\-0"u8[random.Next(14)]);
                        break;
                    default:
                        damaged.RemoveRange(at, Math.Min(random.Next(1, 40), damaged.Count - at));
                        break;
                }

                if (damaged.Count == 0)
                {
                    break;
                }
            }

            File.WriteAllBytes(Path.Combine(project.Folder, "capsule.toml"), [.. damaged]);
            var result = project.Compile();
            refused += result.Succeeded ? 0 : 1;
            Assert.AreEqual(result.Succeeded, result.Diagnostics.All(d => !d.IsError));
            Assert.IsTrue(result.Succeeded || result.Exit == ExitCode.Invalid);
        }

        Assert.IsGreaterThan(Rounds / 2, refused, "Damage is noticed.");
    }
}
