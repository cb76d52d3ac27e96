using System.ComponentModel;

namespace Capsule.Distribution.Sources;

/// <summary>Where others find the repository that a folder is a clone of.</summary>
public static class RepositoryAddress
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The address of the remote <c>origin</c> of a clone; null where the folder is no repository's root, git is not there, or the address is one that no
    /// manifest may name: a folder, or one with a name or a password in it.
    /// </summary>
    public static async Task<string?> OfAsync(string folder, CancellationToken cancel)
    {
        var repository = Path.Combine(folder, ".git");
        if (!Directory.Exists(repository))
        {
            return null;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Longest);
        try
        {
            var answer = await GitProgram.RunAsync("git", repository, ["config", "--local", "--get", "remote.origin.url"], limit.Token);
            return answer.Succeeded ? GitAddress.Check(answer.Output).Value : null;
        }
        catch (Exception problem) when (problem is Win32Exception || (problem is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return null;
        }
    }
}
