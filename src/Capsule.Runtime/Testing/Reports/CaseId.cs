using System.Security.Cryptography;
using System.Text;
using Capsule.Core.Plans;
using Capsule.Runtime.Testing.Filters;

namespace Capsule.Runtime.Testing.Reports;

/// <summary>
/// The ids that a TRX file needs. They follow from names alone, so that a case keeps its history from one run to the next:
/// the first 16 bytes of a SHA-256, in the form of RFC 9562's version 8.
/// </summary>
internal static class CaseId
{
    public static Guid Test(PackageReference package, TestCase one) => Of($"case:{new CaseNames(package, one).Full}");

    public static Guid Execution(PackageReference package, TestCase one) => Of($"execution:{new CaseNames(package, one).Full}");

    /// <summary>One for each run: two runs of a package do not begin at the same time.</summary>
    public static Guid Run(TestReport report) => Of($"run:{report.Package.Name}:{report.File}:{report.Started.UtcTicks}");

    private static Guid Of(string name)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
