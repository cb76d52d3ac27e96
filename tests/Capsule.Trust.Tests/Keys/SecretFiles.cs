using Capsule.Tests;
using Capsule.Trust.Keys;

namespace Capsule.Trust.Tests.Keys;

/// <summary>Puts a secret where the code under test looks for one.</summary>
internal static class SecretFiles
{
    public static SecretReference Secret(this TemporaryFolder folder, string text)
    {
        var file = folder.Write($"secret-{Guid.NewGuid():N}", text + "\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return SecretReference.InFile(file);
    }
}
