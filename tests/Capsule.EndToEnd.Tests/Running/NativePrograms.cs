using Capsule.EndToEnd.Tests.Cli;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Running;

/// <summary>source/native: programs of the package's own, in a cell, with no toolchain.</summary>
[TestClass]
public sealed class NativePrograms : IDisposable
{
    private readonly CapsuleProgram _capsule = new();

    public void Dispose() => _capsule.Dispose();

    [TestMethod]
    public async Task ACompiledProgramRunsToItsEndFromItsFolderAndFromItsPackage()
    {
        Manifest("tool");
        _capsule.Write("tool.c", """
            #include <stdio.h>
            #include <unistd.h>
            #include <sys/socket.h>
            int main(int count, char **words) {
              printf("%s of %d on %s, network %s\n", words[1], count, words[0], socket(AF_INET, SOCK_STREAM, 0) < 0 ? "none" : "some");
              printf("home %s\n", access("/home/capsule", W_OK) == 0 ? "mine" : "not mine");
              return access("/app/capsule.toml", W_OK) == 0 ? 9 : 7;
            }
            """);
        var built = await Command.RunAsync("gcc", ["-o", _capsule["app", "tool"], _capsule["tool.c"]]);
        Assert.AreEqual(0, built.ExitCode, built.All);

        var run = await _capsule.RunAsync("run", "app");
        Assert.AreEqual(7, run.ExitCode, run.All);
        StringAssert.Contains(run.All, "--fast of 2 on /app/tool, network none");
        StringAssert.Contains(run.All, "home mine");

        // The author's file system may know no modes; the package knows what it starts.
        await Command.RunAsync("chmod", ["0600", _capsule["app", "tool"]]);
        var packed = (await _capsule.DoAsync("pack", "app", "--publisher", "acme", "-o", _capsule["out"])).Split('\n');
        await _capsule.DoAsync("install", packed[0], "--publisher", "acme", "--identity", packed[^1]);
        var installed = await _capsule.RunAsync("run", "acme/fixture");
        Assert.AreEqual(7, installed.ExitCode, installed.All);
    }

    [TestMethod]
    public async Task AScriptServesOnItsPort()
    {
        Manifest("serve.sh", "port = 4000");
        _capsule.Write("app/serve.sh", """
            #!/usr/bin/perl
            use Socket;
            socket(my $server, PF_INET, SOCK_STREAM, 0); setsockopt($server, SOL_SOCKET, SO_REUSEADDR, 1);
            bind($server, sockaddr_in($ENV{PORT}, inet_aton("127.0.0.1"))) or die $!; listen($server, 9);
            while (accept(my $client, $server)) { while (<$client>) { last if /^\r/ } print $client "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nshell"; close $client }
            """);
        using var run = await RunningRun.DetachAsync(_capsule, "app");
        Assert.AreEqual("shell", await run.GetAsync("/"));
        await _capsule.DoAsync("stop", run.Id);
    }

    [TestMethod]
    public async Task AProgramForAnotherMachineIsToldBeforeAnythingStarts()
    {
        Manifest("tool");
        var program = File.ReadAllBytes("/bin/true");
        program[18] = (byte)(program[18] == 62 ? 183 : 62);
        File.WriteAllBytes(_capsule["app", "tool"], program);
        await _capsule.RefusesAsync(7, "CAP5150", "run", "app");

        program = File.ReadAllBytes("/bin/true");
        Replace(program, "/lib64/ld-linux-x86-64.so.2", "/lib64/ld-nowhere-86-64.so.2");
        File.WriteAllBytes(_capsule["app", "tool"], program);
        await _capsule.RefusesAsync(7, "CAP5151", "run", "app");

        program = File.ReadAllBytes("/bin/true");
        Replace(program, "GLIBC_2.34", "GLIBC_2.99");
        File.WriteAllBytes(_capsule["app", "tool"], program);
        var refused = await _capsule.RefusesAsync(7, "CAP5152", "run", "app");
        StringAssert.Contains(refused.Error, "2.99");
    }

    private static void Replace(byte[] bytes, string old, string with)
    {
        var at = bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(old));
        Assert.IsGreaterThan(0, at, old);
        System.Text.Encoding.ASCII.GetBytes(with).CopyTo(bytes, at);
    }

    private void Manifest(string entrypoint, string more = "") => _capsule.Write("app/capsule.toml", $"""
        schema_version = "0.2"
        name = "fixture"
        version = "1.0.0"
        type = "tool"
        default_target = "tool"

        [targets.tool]
        runtime = "source"
        driver = "native"
        entrypoint = "{entrypoint}"
        cmd = ["--fast"]
        {more}
        """);
}
