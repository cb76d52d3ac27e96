using System.Xml.Linq;

namespace Capsule.EndToEnd.Tests.Sdk;

/// <summary>A TRX file as a CI system reads it.</summary>
internal sealed class TrxFile(string path)
{
    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    private readonly XElement _run = XDocument.Load(path).Root!;

    /// <summary>Id, name and outcome of each case, in the order of ids.</summary>
    public string[] Results => [.. _run.Descendants(Trx + "UnitTestResult").Select(r => $"{Of(r, "testId")} {Of(r, "testName")} {Of(r, "outcome")}").Order(StringComparer.Ordinal)];

    /// <summary>For example <c>3 total, 2 passed, 1 failed</c>.</summary>
    public string Counts
    {
        get
        {
            var counters = _run.Descendants(Trx + "Counters").Single();
            return $"{Of(counters, "total")} total, {Of(counters, "passed")} passed, {Of(counters, "failed")} failed";
        }
    }

    /// <summary>What the failed cases say.</summary>
    public string Messages => string.Join('\n', _run.Descendants(Trx + "Message").Select(m => m.Value));

    private static string Of(XElement element, string attribute) => element.Attribute(attribute)!.Value;
}
