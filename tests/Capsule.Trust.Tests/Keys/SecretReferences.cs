using System.Globalization;
using System.Text;
using Capsule.Core.Diagnostics;
using Capsule.Tests;
using Capsule.Trust.Keys;

namespace Capsule.Trust.Tests.Keys;

/// <summary>Where a secret may be: a person, and the lines of a descriptor.</summary>
[TestClass]
public class SecretReferences
{
    [TestMethod]
    public void ANewSecretIsTypedTwice()
    {
        Reads("one", Typing("one").Read("the key's passphrase"));
        Reads("one", Typing("one", "one").Read("the key's passphrase", isNew: true));
        Refuses("CAP3223", Typing("one", "two").Read("the key's passphrase", isNew: true));
        Refuses("CAP3223", Typing("one", null).Read("the key's passphrase", isNew: true));
        Refuses("CAP3224", Typing([null]).Read("the key's passphrase", isNew: true));
        Refuses("CAP3224", Typing([null]).Read("the key's passphrase"));
    }

    [TestMethod]
    public void ADescriptorGivesALineAtATime()
    {
        using var folder = new TemporaryFolder();
        using var file = new FileStream(folder.Write("lines", "first\r\nsecönd\n\n" + new string('x', 70_000)), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Inheritable);
        var reference = SecretReference.InDescriptor((int)file.SafeFileHandle.DangerousGetHandle());
        Reads("first", reference.Read("the key's passphrase"));
        Reads("secönd", reference.Read("the key's passphrase"));
        Refuses("CAP3222", reference.Read("the key's passphrase"));
        Refuses("CAP3222", reference.Read("the key's passphrase"));

        using var own = File.OpenRead(folder["lines"]);
        foreach (var number in (int[])[(int)own.SafeFileHandle.DangerousGetHandle(), 1_000_000, -1])
        {
            StringAssert.Contains(Refuses("CAP3222", SecretReference.InDescriptor(number).Read("it")), number.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static SecretReference Typing(params string?[] answers)
    {
        var left = new Queue<string?>(answers);
        return SecretReference.Asked(_ => left.Dequeue() is { } answer ? Secret.FromText(answer) : null);
    }

    private static void Reads(string expected, Result<Secret> read)
    {
        Assert.IsTrue(read.Succeeded, read.Diagnostics.FirstOrDefault()?.Text);
        using var secret = read.Value;
        Assert.AreEqual(expected, secret.Use(bytes => Encoding.UTF8.GetString(bytes)));
    }

    private static string Refuses(string code, Result<Secret> read)
    {
        Assert.AreEqual(code, read.Diagnostics.Single().Code);
        return read.Diagnostics[0].Text;
    }
}
