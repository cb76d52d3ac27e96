using System.Globalization;
using Capsule.Core.Files;
using Capsule.Tests;

namespace Capsule.Core.Tests;

[TestClass]
public class WriteTurns
{
    [TestMethod]
    public void LetManyChangeOneFileWithoutLosingAnything()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("count", "0");
        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
        {
            using var turn = WriteTurn.Take(file, TimeSpan.FromMinutes(1));
            Assert.IsNotNull(turn);
            var count = int.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture);
            File.WriteAllText(file, (count + 1).ToString(CultureInfo.InvariantCulture));
        });
        Assert.AreEqual("200", File.ReadAllText(file));
        Assert.IsFalse(File.Exists(file + ".lock"));
    }

    [TestMethod]
    public async Task AreNotGivenWhileAnotherHasOne()
    {
        using var folder = new TemporaryFolder();
        using var turn = WriteTurn.Take(folder["file"], TimeSpan.Zero);
        Assert.IsNotNull(turn);
        Assert.IsNull(WriteTurn.Take(folder["file"], TimeSpan.FromMilliseconds(50)));
        Assert.IsNull(await WriteTurn.TakeAsync(folder["file"], TimeSpan.FromMilliseconds(50), CancellationToken.None));
        await Assert.ThrowsAsync<TaskCanceledException>(() => WriteTurn.TakeAsync(folder["file"], TimeSpan.FromMinutes(1), new CancellationToken(canceled: true)));
    }
}
