using System.Xml.Linq;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Repository;

/// <summary>The rooms import downward only, in the order of design.md 3.</summary>
[TestClass]
public class Rooms
{
    private static readonly string[] Order =
    [
        "Capsule.Core", "Capsule.Trust", "Capsule.Families", "Capsule.Packaging", "Capsule.Distribution",
        "Capsule.Runtime", "Capsule.Operations", "Capsule.Server", "Capsule.Cli",
    ];

    [TestMethod]
    public void ImportDownwardOnly()
    {
        foreach (var (room, imports) in Imports().Where(i => i.Room != "Capsule.Build.Tasks" && i.Room != "Capsule.Init"))
        {
            foreach (var import in imports)
            {
                Assert.IsTrue(Array.IndexOf(Order, import) < Array.IndexOf(Order, room), $"{room} imports {import}, which is not below it.");
            }
        }
    }

    [TestMethod]
    public void TheTasksStandOnDistributionAndNeverReachTheWebServer()
    {
        var imports = Imports().ToDictionary(i => i.Room, i => i.Projects);
        var reached = new HashSet<string>();
        Reach("Capsule.Build.Tasks");

        Assert.IsTrue(reached.All(r => Array.IndexOf(Order, r) <= Array.IndexOf(Order, "Capsule.Distribution")), string.Join(", ", reached));
        foreach (var room in reached.Append("Capsule.Build.Tasks"))
        {
            Assert.IsFalse(File.ReadAllText(Project(room)).Contains("Microsoft.AspNetCore.App", StringComparison.Ordinal), $"{room} reaches ASP.NET Core.");
        }

        void Reach(string room)
        {
            foreach (var import in imports[room].Where(reached.Add))
            {
                Reach(import);
            }
        }
    }

    [TestMethod]
    public void TheEnginesKnowNoFamily()
    {
        foreach (var engine in new[] { "Capsule.Packaging", "Capsule.Distribution", "Capsule.Runtime" })
        {
            CollectionAssert.DoesNotContain(Imports().Single(i => i.Room == engine).Projects, "Capsule.Families", engine);
        }
    }

    private static IEnumerable<(string Room, string[] Projects)> Imports() =>
        from folder in Directory.EnumerateDirectories(Checkout.File("src"))
        let room = Path.GetFileName(folder)
        select (room, XDocument.Load(Project(room)).Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/'))).ToArray());

    private static string Project(string room) => Checkout.File("src", room, room + ".csproj");
}
