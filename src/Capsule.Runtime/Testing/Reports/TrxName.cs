using System.Globalization;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;

namespace Capsule.Runtime.Testing.Reports;

/// <summary>How a TRX file is called.</summary>
/// <param name="Name">Its name or path; an existing file is replaced. Null for one made from prefix and time, which replaces nothing.</param>
/// <param name="Prefix">Its name's beginning; null for the package's name.</param>
public sealed record TrxName(string? Name, string? Prefix)
{
    /// <summary>The absolute path of the file.</summary>
    /// <param name="folder">Where names without a path lie.</param>
    /// <param name="package">Whose results it holds.</param>
    /// <param name="started">When the run began.</param>
    public string In(string folder, PackageReference package, DateTimeOffset started)
    {
        if (Name is not null)
        {
            return Path.GetFullPath(Name, folder);
        }

        var stem = string.Create(CultureInfo.InvariantCulture, $"{Prefix ?? package.Name}_{started.UtcDateTime:yyyy-MM-dd_HH_mm_ss.fff}");
        return Enumerable.Range(0, int.MaxValue).Select(n => Path.Combine(folder, n == 0 ? $"{stem}.trx" : $"{stem}[{n}].trx")).First(f => !File.Exists(f));
    }

    /// <summary>Says before the run what would fail after it: CAP6036 for a folder that cannot be written.</summary>
    public static IReadOnlyList<Diagnostic> Check(string path)
    {
        try
        {
            var folder = Path.GetDirectoryName(path)!;
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, $".{Guid.NewGuid():N}.tmp");
            File.Create(probe, 1, FileOptions.DeleteOnClose).Dispose();
            return Directory.Exists(path) ? [ReportDiagnostics.Unwritable.Now(path, "It is a folder.")] : [];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return [ReportDiagnostics.Unwritable.Now(path, problem.Message)];
        }
    }
}
