using System.Collections.Concurrent;
using System.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Init.Exec;
using Capsule.Init.Linux;
using Capsule.Runtime.Sandbox;
using Capsule.Runtime.Sandbox.Refusals;
using Capsule.Tests;
using Microsoft.Win32.SafeHandles;

namespace Capsule.Runtime.Tests.Sandbox;

/// <summary>Calls that the filter refuses are told to the runner, and get the same error as if nobody watched.</summary>
[TestClass]
public class SeeingRefusedCalls
{
    [TestMethod]
    public void EachHasAName()
    {
        var calls = SystemCallTable.Denied.ToArray().Select(call => RefusedCalls.Of(call, 0)).ToArray();
        CollectionAssert.AllItemsAreUnique(calls.Select(c => c.Target).ToArray());
        Assert.IsEmpty(calls.Where(c => c.Socket || c.Internet || c.Words.Contains("no workload needs", StringComparison.Ordinal)));
        Assert.AreEqual("create namespaces", RefusedCalls.Of(SystemCallTable.Clone, 0).Words);
        Assert.AreEqual(("internet", false), (RefusedCalls.Of(SystemCallTable.Socket, 10, 0x80001).Target, RefusedCalls.Of(SystemCallTable.Socket, 10, 0x80001).Harmless));
        Assert.AreEqual(("internet", true), (RefusedCalls.Of(SystemCallTable.Socket, 10, 0x80002).Target, RefusedCalls.Of(SystemCallTable.Socket, 10, 0x80002).Harmless), "curl looks for IPv6");
        Assert.AreEqual("vsock", RefusedCalls.Of(SystemCallTable.Socket, 0xFFFFFFFF_00000028).Target);
        Assert.AreEqual("other family", RefusedCalls.Of(SystemCallTable.Socket, 4711).Target);
        Assert.AreEqual("set-id", RefusedCalls.Of(452, 0).Target);
    }

    /// <summary>A program that is being started holds a copy of every descriptor until it is; pipes stand for listeners.</summary>
    [TestMethod]
    public async Task TheEndOfAListenerIsHeardOnceWhoeverHoldsACopy()
    {
        using var watch = new CallWatch();
        var (listener, process) = Descriptors.Pipe();
        using var copy = Descriptors.Own(Libc.Fcntl(listener.Number(), Constants.DuplicateCloseOnExec, 3));
        Assert.IsTrue(watch.Add(listener, null));
        process.Dispose();
        await EndsAsync(listener);

        var (next, other) = Descriptors.Pipe();
        Assert.IsTrue(watch.Add(next, null));
        other.Dispose();
        await EndsAsync(next);
        Assert.IsFalse(copy.IsClosed);
    }

    [TestMethod]
    public async Task EachIsToldAndAnsweredWithItsError()
    {
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync();
        var told = new ConcurrentQueue<string>();
        var calls = string.Join(' ', SystemCallTable.Denied.ToArray());
        var process = CellProcesses.Shell(
            $$"""
            for n in {{calls}}; do echo "syscall($n, 0, 0, 0, 0, 0) == -1 and print \$!+0, ' ';"; done | perl
            perl -e 'for ([2, 1, 0], [10, 2, 0], [17, 3, 0], [16, 3, 9], [77, 1, 0]) { socket(S, $_->[0], $_->[1], $_->[2]); print $!+0, " " }'
            """);
        var outcome = await cell.RunAsync(process with { Refused = (call, _) => told.Enqueue(call.Target) });
        Assert.AreEqual(string.Concat(Enumerable.Repeat("1 ", SystemCallTable.Denied.Length)) + "97 97 97 97 97 ", outcome.All);
        var expected = SystemCallTable.Denied.ToArray().Select(c => RefusedCalls.Of(c, 0).Target).Concat(["internet", "internet", "packet", "netlink", "other family"]);
        CollectionAssert.AreEqual(expected.ToArray(), told.ToArray());
        Assert.AreEqual("seen", cell.Enforcement.RefusedCalls);
    }

    [TestMethod]
    public async Task WhatIsAllowedIsNotTold()
    {
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync();
        var told = new ConcurrentQueue<string>();
        var outcome = await cell.RunAsync(CellProcesses.Shell("perl -MSocket -e 'socket(S, AF_INET, SOCK_STREAM, 0) or die; socket(S, 16, 3, 0) or die; fork or exit; wait; print 1'; ls -la /usr >/dev/null", NetworkMode.Loopback) with { Refused = (call, _) => told.Enqueue(call.Target) });
        Assert.AreEqual("1", outcome.All);
        Assert.IsEmpty(told);
    }

    [TestMethod]
    public async Task AFloodOfOneDoesNotMakeAnotherWait()
    {
        const int Calls = 20_000;
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync();
        var count = 0;
        var flood = await cell.StartAsync(CellProcesses.Shell("perl -e '$| = 1; print \"go\\n\"; while (1) { syscall(101, 0, 0, 0, 0) }'") with { Refused = (_, _) => Interlocked.Increment(ref count) });
        await flood.Output.UntilAsync("go");
        var start = Stopwatch.GetTimestamp();
        var other = await cell.ShellAsync($"perl -e 'syscall(101, 0, 0, 0, 0) for 1..{Calls}; print $!+0'");
        var each = Stopwatch.GetElapsedTime(start) / Calls;
        Assert.AreEqual("1", other.All);
        Assert.IsGreaterThan(0, count);
        Assert.IsLessThan(TimeSpan.FromMilliseconds(2), each, $"a refused call takes {each.TotalMicroseconds:0} us beside a flood");
    }

    [TestMethod]
    public async Task BelowAListenerOfAnotherTheyAreRefusedUnseen()
    {
        // Lets everything pass and keeps the one listener that a process and what it starts can have.
        const string Filter =
            """
            my $filter = pack 'SCCL', 6, 0, 0, 0x7fff0000;
            syscall(157, 38, 1, 0, 0, 0) == 0 or die $!;
            my $program = pack 'Sx6Q', 1, unpack('Q', pack('P', $filter));
            (my $listener = syscall(317, 1, 8, $program)) >= 0 or die $!;
            syscall(72, $listener, 2, 0) == 0 or die $!;
            exec @ARGV;
            """;
        var outcome = await Command.RunAsync("/usr/bin/perl", ["-e", Filter, .. await RefusingToStart.ProbeCommandAsync("calls")]);
        Assert.AreEqual("not seen here: 1 97\n", outcome.Output, outcome.All);
        var free = await Command.RunAsync("/usr/bin/env", await RefusingToStart.ProbeCommandAsync("calls"));
        Assert.AreEqual("seen: 1 97\n", free.Output, free.All);
    }

    private static async Task EndsAsync(SafeFileHandle listener)
    {
        for (var end = DateTime.UtcNow + TimeSpan.FromSeconds(30); !listener.IsClosed; await Task.Delay(5))
        {
            Assert.IsLessThan(end, DateTime.UtcNow, "nobody heard the end");
        }
    }
}
