using Capsule.Core.Files;
using Capsule.Tests;

namespace Capsule.Core.Tests;

[TestClass]
public class WritingWholeFiles
{
    [TestMethod]
    public void RemovesWhatAKilledWriterLeft()
    {
        using var folder = new TemporaryFolder();
        string Left(char letter) => folder.Write($"stamp.{new string(letter, 32)}.tmp", "half");
        var (old, young, other) = (Left('a'), Left('b'), folder.Write($"other.{new string('c', 32)}.tmp", "half"));
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddHours(-1));
        File.SetLastWriteTimeUtc(other, DateTime.UtcNow.AddHours(-1));

        WholeFile.Stamp(folder["stamp"]);

        CollectionAssert.AreEquivalent(new[] { folder["stamp"], young, other }, Directory.GetFiles(folder.Path));
    }
}
