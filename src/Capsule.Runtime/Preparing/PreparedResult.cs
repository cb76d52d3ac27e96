using Capsule.Runtime.Network;

namespace Capsule.Runtime.Preparing;

/// <summary>
/// The folders of one cell as its prepare commands left them, kept in the cell's cache under the key of what went into them (specs: kits
/// 3.12). One result is kept for each slot, beside the home in which the same commands may have left something too.
/// </summary>
/// <param name="folder">Where it is kept; whoever uses it holds the slot.</param>
internal sealed class PreparedResult(string folder)
{
    private string KeyFile => Path.Combine(folder, "key");

    /// <summary>Puts the result into the copies; false when there is none for this key.</summary>
    /// <exception cref="IOException">It cannot be copied; then the copies are not usable.</exception>
    public bool Restore(string key, IReadOnlyDictionary<string, string> copies, CancellationToken cancel)
    {
        if (!File.Exists(KeyFile) || File.ReadAllText(KeyFile) != key || copies.Keys.Any(mount => !Directory.Exists(Kept(mount))))
        {
            return false;
        }

        foreach (var (mount, copy) in copies)
        {
            PreparedTree.Clear(copy);
            using var kept = HeldFolder.Open(Kept(mount));
            PreparedTree.Copy(kept, copy, cancel);
        }

        return true;
    }

    /// <summary>Keeps what the copies hold now, in place of an older result. Nothing may run in the cell.</summary>
    /// <exception cref="IOException">It cannot be kept; then nothing is.</exception>
    public void Keep(string key, IReadOnlyDictionary<string, string> copies, CancellationToken cancel)
    {
        Forget();
        Directory.CreateDirectory(folder);
        foreach (var (mount, copy) in copies)
        {
            using var held = HeldFolder.Open(copy);
            if (!PreparedTree.Copy(held, Kept(mount), cancel))
            {
                Forget();
                return;
            }
        }

        // Last: without it, what a stopped runner left is no result.
        File.WriteAllText(KeyFile, key);
    }

    /// <exception cref="IOException">It cannot be removed.</exception>
    public void Forget()
    {
        if (Directory.Exists(folder))
        {
            File.Delete(KeyFile);
            Directory.Delete(folder, recursive: true);
        }
    }

    private string Kept(string mount) => Path.Combine(folder, "in-" + mount);
}
