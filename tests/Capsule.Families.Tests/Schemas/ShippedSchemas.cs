using Capsule.Tests;

namespace Capsule.Families.Tests.Schemas;

/// <summary>sdk/schemas is what the shapes say.</summary>
[TestClass]
public class ShippedSchemas
{
    [TestMethod]
    public void AreWhatTheShapesSay()
    {
        var shipped = Directory.EnumerateFiles(Checkout.File("sdk", "schemas")).ToDictionary(f => Path.GetFileName(f), File.ReadAllText);
        var fresh = ManifestSchemas.All.ToDictionary(s => s.FileName, s => s.Text);

        var stale = fresh.Keys.Union(shipped.Keys).Where(name => fresh.GetValueOrDefault(name) != shipped.GetValueOrDefault(name));

        Assert.AreEqual("", string.Join(' ', stale), "These schemas differ from the shapes in the code: run ./build/docs and commit.");
    }
}
