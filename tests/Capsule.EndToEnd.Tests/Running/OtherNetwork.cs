using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Running;

/// <summary>
/// A small internet of a test's own: two network namespaces with a wire between them. The runner lives in one of them, with names
/// of the test's choice; servers of the test's listen in the other, at an address that is public as far as any rule knows. So the
/// product is tried as it is, without a way to weaken it.
/// </summary>
internal sealed partial class OtherNetwork : IDisposable
{
    /// <summary>Where the servers are.</summary>
    public const string Address = "11.0.0.2";

    private readonly List<Process> _holders = [];
    private readonly List<Socket> _listeners = [];

    /// <summary>Runs a command where the runner is to live.</summary>
    public IReadOnlyList<string> Inside => ["nsenter", "--target", Id(_holders[0]), "--net", "--mount", "--"];

    /// <param name="hosts">A file of addresses and names that becomes the runner's <c>/etc/hosts</c>.</param>
    public static async Task<OtherNetwork> CreateAsync(string hosts)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            Assert.Inconclusive("A network of its own needs root.");
        }

        var network = new OtherNetwork();
        await network.HoldAsync("--net", "--mount", "sh", "-c", "mount --bind \"$0\" /etc/hosts && ip link set lo up && echo ready && exec sleep 600", hosts);
        await network.HoldAsync("--net", "sh", "-c", "echo ready && exec sleep 600");
        await DoAsync([.. network.Inside, "ip", "link", "add", "wire0", "type", "veth", "peer", "name", "wire1", "netns", Id(network._holders[1])]);
        foreach (var (holder, wire, address) in new[] { (0, "wire0", "11.0.0.1/24"), (1, "wire1", $"{Address}/24") })
        {
            await DoAsync("nsenter", "--target", Id(network._holders[holder]), "--net", "--", "sh", "-c", $"ip addr add {address} dev {wire} && ip link set {wire} up");
        }

        return network;
    }

    /// <summary>A listening socket at <see cref="Address"/>: a socket belongs to the network in which its thread made it.</summary>
    public Socket Listen(int port)
    {
        Socket? made = null;
        var thread = new Thread(() =>
        {
            var descriptor = Open($"/proc/{Id(_holders[1])}/ns/net", 0);
            if (Enter(descriptor, NetworkNamespace) == 0)
            {
                made = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                made.Bind(new IPEndPoint(IPAddress.Parse(Address), port));
                made.Listen();
            }

            _ = Close(descriptor);
        });
        thread.Start();
        thread.Join();
        Assert.IsNotNull(made, "The other network cannot be entered.");
        _listeners.Add(made);
        return made;
    }

    public void Dispose()
    {
        _listeners.ForEach(l => l.Dispose());
        foreach (var holder in _holders)
        {
            holder.Kill(entireProcessTree: true);
            holder.Dispose();
        }
    }

    private async Task HoldAsync(params string[] arguments)
    {
        var holder = Process.Start(new ProcessStartInfo("unshare", arguments) { RedirectStandardOutput = true })!;
        _holders.Add(holder);
        Assert.AreEqual("ready", await holder.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20)));
    }

    private static async Task DoAsync(params string[] command)
    {
        var run = await Command.RunAsync(command[0], command[1..]);
        Assert.AreEqual(0, run.ExitCode, run.All);
    }

    private static string Id(Process process) => process.Id.ToString(CultureInfo.InvariantCulture);

    private const int NetworkNamespace = 0x40000000;

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "setns")]
    private static partial int Enter(int descriptor, int kind);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
