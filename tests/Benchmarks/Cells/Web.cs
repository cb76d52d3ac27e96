using Capsule.Core.Plans;

namespace Capsule.Benchmarks.Cells;

/// <summary>A web server of bun that answers two bytes on a unix socket.</summary>
internal static class Web
{
    public const string Folder = "/run/web";
    public const string Program = "Bun.serve({ unix: process.env.SOCKET, idleTimeout: 0, fetch: () => new Response('ok') });";

    public static LaunchPlan Plan()
    {
        var process = new ProcessPlan
        {
            Id = "web/start",
            Stage = ProcessStage.Start,
            Toolchain = new ToolchainPlan("bun"),
            Argv = ["bun", "/app/serve.js"],
            Cwd = "/app",
            Env = new SortedDictionary<string, string> { ["SOCKET"] = $"{Folder}/s" },
            Listen = [new ListenPlan { Name = "web", Path = $"{Folder}/s" }],
            Ready = new ReadyPlan { Kind = ReadyKind.Connect, Listener = "web" },
        };
        var cell = new CellPlan
        {
            Id = "web",
            Mounts = [new MountPlan { Id = "app", Kind = MountKind.Work, Source = "", Target = "/app", Access = MountAccess.ReadWrite }],
            Processes = [process],
        };
        return Bench.Plan(cell) with { Public = [new PublicRoute { Prefix = "/", Process = "web/start", Listener = "web" }] };
    }
}
