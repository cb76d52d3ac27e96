using System.Globalization;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using Capsule.Benchmarks.Signing;
using Capsule.Trust.Algorithms.MlDsa;

[assembly: SupportedOSPlatform("linux")]

// Prints lines of a table: what was measured, how often our code does it in a second, how often OpenSSL, and their ratio.
//   Capsule.Benchmarks.Signing MESSAGES ROUNDS
// MESSAGES is CCTV's folder with benchmark messages: with the key of the zero seed their signatures take as many attempts as is usual.
// To run where the platform has ML-DSA; both sides then run in this process, turn by turn.
var rounds = int.Parse(args[1], CultureInfo.InvariantCulture);
var version = SafeEvpPKeyHandle.OpenSslVersion;
Console.WriteLine($"per second, against OpenSSL {version >> 28}.{(version >> 20) & 0xff}.{(version >> 4) & 0xff} through System.Security.Cryptography.MLDsa; more is better");
foreach (var set in MlDsaParameters.All)
{
    using var bench = new Bench(set, args[0]);
    bench.Run(rounds);
}
