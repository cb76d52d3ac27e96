using System.Globalization;
using Capsule.Benchmarks.Cells;

// Prints lines of a table: what was measured, ours, the peer, and their ratio.
//   Capsule.Benchmarks.Cells start|ready|serving|reaching|memory|order INIT HOME ROUNDS [RUNNER]
// INIT is the built capsule-init, HOME a CAPSULE_HOME that keeps fetched toolchains, RUNNER capsule.dll.
await using var bench = new Bench(args[1], args[2], int.Parse(args[3], CultureInfo.InvariantCulture));
await (args[0] switch
{
    "start" => Starting.RunAsync(bench),
    "ready" => GettingReady.RunAsync(bench, args[4]),
    "serving" => Serving.RunAsync(bench),
    "reaching" => Reaching.RunAsync(bench),
    "memory" => Holding.RunAsync(bench, args[4]),
    "order" => Ordering.RunAsync(bench),
    _ => throw new ArgumentException($"there is no part '{args[0]}'"),
});
