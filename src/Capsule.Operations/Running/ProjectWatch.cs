using System.Diagnostics;
using Capsule.Core.Diagnostics;
using Capsule.Families;

namespace Capsule.Operations.Running;

/// <summary>
/// Sees changes of the files that a project's run is made of. It looks again and again, as packing does, so that what packing leaves
/// out is no change, and folders of any size cost no watches of the kernel.
/// </summary>
/// <param name="manifest">Absolute path.</param>
/// <param name="compile">Reads the manifest.</param>
/// <param name="broken">Is told what is wrong, once for each state of the files.</param>
public sealed class ProjectWatch(string manifest, Func<Result<CompiledPackage>> compile, Action<IReadOnlyList<Diagnostic>> broken)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    // Of the time of a processor, looking takes a twentieth at most.
    private const int Share = 20;

    private ProjectFiles _seen = ProjectFiles.Read(compile, null, manifest);
    private IReadOnlyList<string> _pending = [];

    /// <summary>
    /// Waits for a change that has come to rest and whose manifest can be read. Absolute paths of the files that are not as they were
    /// at the last change told, or at the beginning.
    /// </summary>
    public async Task<IReadOnlyList<string>> NextAsync(CancellationToken cancel)
    {
        var told = _seen;
        while (true)
        {
            var clock = Stopwatch.StartNew();
            var now = ProjectFiles.Read(compile, _seen, manifest);
            var took = clock.Elapsed;
            var moved = now.Since(_seen).Count > 0;
            _seen = now;
            var changed = now.Since(told);
            if (!moved && changed.Count > 0 && !changed.SequenceEqual(_pending))
            {
                if (now.Compiled.Succeeded)
                {
                    _pending = [];
                    return changed;
                }

                _pending = changed;
                broken(now.Compiled.Diagnostics);
            }
            else if (moved)
            {
                _pending = [];
            }

            await Task.Delay(took * Share > Pause ? took * Share : Pause, cancel);
        }
    }
}
