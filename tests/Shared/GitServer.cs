using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Capsule.Tests;

/// <summary>A real git server on a port of loopback that the system picks: one <c>git daemon --inetd</c> for each connection. Its repositories are ordinary folders.</summary>
internal sealed class GitServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly TemporaryFolder _folder = new();
    private int _connections;

    public GitServer()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Connections => _connections;

    public string this[params string[] parts] => _folder[parts];

    public string Url(string repository) => $"git://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/{repository}";

    /// <summary>Commits files, by path, to a repository that need not exist yet; the commit.</summary>
    public string Commit(string repository, params (string Path, string Content)[] files)
    {
        if (!Directory.Exists(_folder[repository, ".git"]))
        {
            Directory.CreateDirectory(_folder[repository]);
            Git(repository, "init", "--quiet", "--initial-branch=main");
        }

        foreach (var (path, content) in files)
        {
            _folder.Write($"{repository}/{path}", content);
        }

        Git(repository, "add", "--all");
        Git(repository, "commit", "--quiet", "--allow-empty", "--message=x");
        return Git(repository, "rev-parse", "HEAD");
    }

    /// <summary>Runs git in a repository and expects success.</summary>
    public string Git(string repository, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "core.autocrlf=false", "-c", "commit.gpgsign=false", .. arguments])
        {
            WorkingDirectory = _folder[repository],
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var git = Process.Start(start)!;
        var error = git.StandardError.ReadToEndAsync();
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return git.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException($"git {string.Join(' ', arguments)}: {error.Result}");
    }

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _folder.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token));
            }
        }
        catch (Exception closed) when (closed is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        Interlocked.Increment(ref _connections);
        var start = new ProcessStartInfo("git", ["-c", "safe.directory=*", "daemon", "--inetd", "--export-all", $"--base-path={_folder.Path}", _folder.Path])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using (client)
        using (var daemon = Process.Start(start)!)
        {
            try
            {
                await using var stream = client.GetStream();
                var errors = daemon.StandardError.ReadToEndAsync(_end.Token);
                var asked = Task.Run(async () =>
                {
                    await stream.CopyToAsync(daemon.StandardInput.BaseStream, _end.Token);
                    daemon.StandardInput.Close();
                });
                await daemon.StandardOutput.BaseStream.CopyToAsync(stream, _end.Token);
                client.Close();
                await Task.WhenAny(asked, Task.Delay(1000));
                await errors;
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException or SocketException or ObjectDisposedException)
            {
                if (!daemon.HasExited)
                {
                    daemon.Kill(entireProcessTree: true);
                }
            }
        }
    }
}
