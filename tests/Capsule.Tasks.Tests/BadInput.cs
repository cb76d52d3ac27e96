using System.Diagnostics;
using Capsule.Build.Tasks;
using TaskItem = Microsoft.Build.Utilities.TaskItem;

namespace Capsule.Tasks.Tests;

/// <summary>Input that no manifest, lock or item should be: one coded error at the file it is about, and nothing written.</summary>
[TestClass]
public class BadInput
{
    [TestMethod]
    [DataRow("deleted", "CAP0963")]
    [DataRow("folder", "CAP0965")]
    [DataRow("pipe", "CAP0905")]
    [DataRow("empty", "CAP0")]
    [DataRow("not UTF-8", "CAP0904")]
    [DataRow("100 MB", "CAP0903")]
    public void OfAManifestIsRefusedAtTheManifest(string how, string code)
    {
        using var project = new Project();
        Spoil(project["capsule.toml"], how);

        foreach (var task in new CapsuleTask[] { project.Validate(), project.CheckLock(), project.Assemble() })
        {
            Assert.IsFalse(project.Run(task), how);
            StringAssert.StartsWith(project.Engine.Errors[0].Code, code, project.Engine.All);
            Assert.IsTrue(project.Engine.Errors.All(e => e.File == project["capsule.toml"]), project.Engine.All);
            if (how != "empty")
            {
                Assert.HasCount(1, project.Engine.Errors, project.Engine.All);
            }
        }

        Assert.IsFalse(Directory.Exists(project["obj"]));
    }

    [TestMethod]
    [DataRow("version = 1\nsdk = ", "CAP09")]
    [DataRow("version = 99\n", "CAP10")]
    [DataRow("version = 1\n[[toolchain]]\nname = \"bun\"\nversion = \"1\"\n[toolchain.packages]\n\"x\" = \"sha512-short\"\n", "CAP10")]
    [DataRow(null, "CAP2287")]
    public void OfALockIsRefusedAtTheLock(string? content, string code)
    {
        using var project = new Project();
        if (content is null)
        {
            Spoil(project["capproj.lock"], "pipe");
        }
        else
        {
            File.WriteAllText(project["capproj.lock"], content);
        }

        foreach (var task in new CapsuleTask[] { project.CheckLock(), project.Assemble() })
        {
            Assert.IsFalse(project.Run(task));
            var error = project.Engine.Errors.Single();
            StringAssert.StartsWith(error.Code, code, project.Engine.All);
            Assert.AreEqual(content is null ? project["Hello.capproj"] : project["capproj.lock"], error.File);
        }

        Assert.IsFalse(Directory.Exists(project["obj"]));
    }

    [TestMethod]
    [DataRow("../outside.html", "CAP2288")]
    [DataRow("/etc/page.html", "CAP2288")]
    [DataRow("site/../../page.html", "CAP2288")]
    [DataRow(".capsule/tree", "CAP2288")]
    [DataRow("site/INDEX.html", "CAP2010")]
    [DataRow("site/aux.html", "CAP2006")]
    public void OfAPackagePathIsRefusedAtTheProject(string path, string code)
    {
        using var project = new Project();
        var task = project.Assemble();
        task.ExtraFiles = [Item("site/index.html", path)];

        Assert.IsFalse(project.Run(task), path);

        var error = project.Engine.Errors.Single();
        Assert.AreEqual(code, error.Code, project.Engine.All);
        Assert.AreEqual(project["Hello.capproj"], error.File);
        Assert.IsFalse(File.Exists(project["obj", "hello.capsule"]));
    }

    [TestMethod]
    public void OfTwoFilesForOnePathIsRefused()
    {
        using var project = new Project();
        File.WriteAllText(project["other.html"], "other");
        var task = project.Assemble();
        task.ExtraFiles = [Item("site/index.html", "site/more.html"), Item("other.html", "site/more.html")];

        Assert.IsFalse(project.Run(task));

        Assert.AreEqual("CAP9062", project.Engine.Errors.Single().Code);
        task = project.Assemble();
        task.ExtraFiles = [Item("gone.html", "site/more.html")];
        Assert.IsFalse(project.Run(task));
        Assert.AreEqual("CAP2289", project.Engine.Errors.Single().Code);
        StringAssert.Contains(project.Engine.Errors.Single().Message, "gone.html");
    }

    [TestMethod]
    public void OfAnOutputThatIsAFolderIsRefusedAndKept()
    {
        using var project = new Project();
        foreach (var (task, output) in new (CapsuleTask, string)[]
        {
            (project.Validate(), "obj/validated"), (project.CheckLock(), "obj/locked"), (project.Assemble(), "obj/hello.capsule"),
        })
        {
            Directory.CreateDirectory(project[output]);
            File.WriteAllText(project[output, "mine.txt"], "");

            Assert.IsFalse(project.Run(task), output);

            StringAssert.Matches(project.Engine.Errors.Single().Code, new("CAP9052|CAP2118"), project.Engine.All);
            CollectionAssert.AreEqual(new[] { project[output, "mine.txt"] }, Directory.GetFiles(project["obj"], "*", SearchOption.AllDirectories), project.Engine.All);
            Directory.Delete(project["obj"], recursive: true);
        }
    }

    private static TaskItem Item(string file, string path)
    {
        var item = new TaskItem(file);
        item.SetMetadata("PackagePath", path);
        return item;
    }

    private static void Spoil(string file, string how)
    {
        File.Delete(file);
        switch (how)
        {
            case "folder":
                Directory.CreateDirectory(file);
                break;
            case "pipe":
                using (var made = Process.Start("mkfifo", [file]))
                {
                    made.WaitForExit();
                }

                break;
            case "empty":
                File.WriteAllText(file, "");
                break;
            case "not UTF-8":
                File.WriteAllBytes(file, [.. "name = \""u8, 0xFF, .. "\""u8]);
                break;
            case "100 MB":
                using (var large = File.Create(file))
                {
                    large.SetLength(100 << 20);
                }

                break;
        }
    }
}
