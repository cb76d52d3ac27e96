using Capsule.Core.Diagnostics;

namespace Capsule.Trust.Algorithms;

/// <summary>
/// A known answer that an algorithm must reproduce before its first signature in a process. It runs once, whatever the number of
/// keys and threads.
/// </summary>
/// <param name="algorithm">The algorithm's name, for the message.</param>
/// <param name="passes">Computes the known answer with the same code that signs; false when it differs.</param>
internal sealed class SelfTest(string algorithm, Func<bool> passes)
{
    private readonly Lazy<bool> _passed = new(passes);

    /// <summary>Throws <see cref="RefusedException"/> (CAP3290) when the test failed.</summary>
    public void Require()
    {
        if (!_passed.Value)
        {
            throw new RefusedException(AlgorithmDiagnostics.SelfTestFailed.Now(algorithm));
        }
    }
}
