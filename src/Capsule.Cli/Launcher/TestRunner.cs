using Capsule.Core.Plans;
using Capsule.Runtime.Testing;

namespace Capsule.Cli.Launcher;

/// <summary>Puts the selected cases to the package, and reports each result as soon as it is known.</summary>
internal delegate Task<TestRun> TestRunner(IReadOnlyList<TestCase> cases, Action<CaseResult> finished, CancellationToken cancel);
