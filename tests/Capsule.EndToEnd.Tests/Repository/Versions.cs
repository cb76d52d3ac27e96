using System.Xml.Linq;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Repository;

/// <summary>Every version is exact, stands in one file, and is locked.</summary>
[TestClass]
public class Versions
{
    [TestMethod]
    public void AreExactAndCentral()
    {
        foreach (var package in XDocument.Load(Checkout.File("Directory.Packages.props")).Descendants("PackageVersion"))
        {
            StringAssert.Matches(package.Attribute("Version")!.Value, new(@"^\d+\.\d+\.\d+$"));
        }

        foreach (var project in Checkout.Sources("src", "*.csproj").Concat(Checkout.Sources("tests", "*.csproj")))
        {
            Assert.IsFalse(XDocument.Load(project).Descendants("PackageReference").Any(r => r.Attribute("Version") is not null), project);
        }
    }

    [TestMethod]
    public void AreLockedForEachProject()
    {
        foreach (var project in Checkout.Sources("src", "*.csproj").Concat(Checkout.Sources("tests", "*.csproj")))
        {
            Assert.IsTrue(File.Exists(Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json")), project);
        }
    }
}
