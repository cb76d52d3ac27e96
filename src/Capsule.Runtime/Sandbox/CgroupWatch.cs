namespace Capsule.Runtime.Sandbox;

/// <summary>
/// Looks once a second whether a cell is still in its control groups. Who manages the machine can move it out or take a group away,
/// and then nothing holds the limits that were declared: the cell is killed (design.md 8, fail closed).
/// </summary>
internal sealed class CgroupWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly CellCgroup _group;
    private readonly int _pid;
    private readonly Action _kill;
    private readonly Timer _timer;
    private bool _tripped;

    /// <param name="group">The cell's groups.</param>
    /// <param name="pid">The cell's first process.</param>
    /// <param name="kill">Ends the cell.</param>
    public CgroupWatch(CellCgroup group, int pid, Action kill)
    {
        (_group, _pid, _kill) = (group, pid, kill);
        _timer = new Timer(_ => Look(), null, Interval, Interval);
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        if (!_tripped && !_group.Holds(_pid))
        {
            _tripped = true;
            _kill();
        }
    }
}
