using System.Globalization;
using Capsule.EndToEnd.Tests.Cli;

namespace Capsule.EndToEnd.Tests.Running;

/// <summary>A runner that may open few files, and a workload that opens more connections than that.</summary>
[TestClass]
public sealed class FewDescriptors : IDisposable
{
    /// <summary>A runner at rest has about 190.</summary>
    private const string Limit = "300";

    private readonly CapsuleProgram _capsule = new();

    public void Dispose() => _capsule.Dispose();

    [TestMethod]
    public async Task TheProxyWaitsForThemSaysSoOnceAndGoesOn()
    {
        _capsule.Write("app/capsule.toml", Programs.Native("many.pl") + "\n\n[network]\negress_allow = [\"api.example.test\"]\n");
        _capsule.Write("app/many.pl", """
            #!/usr/bin/perl
            use IO::Socket::INET;
            $| = 1;
            my ($port) = $ENV{HTTPS_PROXY} =~ /:(\d+)/;
            my @open;
            for (1 .. 260) {
              my $connection = IO::Socket::INET->new(PeerAddr => "127.0.0.1:$port", Timeout => 2) or last;
              push @open, $connection;
            }
            print scalar(@open), " open\n";
            sleep 3;
            @open = ();
            my $last = IO::Socket::INET->new(PeerAddr => "127.0.0.1:$port", Timeout => 20) or die "refused: $!";
            print $last "CONNECT elsewhere.example.test:443 HTTP/1.1\r\n\r\n";
            print "answer: ", scalar(<$last>);
            """);
        _capsule.Through = ["sh", "-c", $"ulimit -n {Limit}; exec \"$@\"", "sh"];
        using var runner = _capsule.Start("run", "app");
        await runner.UntilPrintedAsync(" open\n");
        await runner.UntilPrintedAsync("CAP5311");
        var before = ProcessorTime(runner.Id);
        await Task.Delay(TimeSpan.FromSeconds(1));
        Assert.IsLessThan(0.5, ProcessorTime(runner.Id) - before, "seconds of processor time in one second: it spins");
        var end = await runner.EndAsync(seconds: 90);
        Assert.AreEqual(0, end.ExitCode, end.All);
        StringAssert.Contains(end.Output, "answer: HTTP/1.1 403");
        Assert.HasCount(2, end.All.Split("CAP5311"), end.All);
    }

    /// <summary>User and system time in seconds; the kernel counts in hundredths.</summary>
    private static double ProcessorTime(int pid)
    {
        var fields = File.ReadAllText($"/proc/{pid}/stat").Split(") ")[^1].Split(' ');
        return (double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture)) / 100;
    }
}
