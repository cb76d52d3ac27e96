using Capsule.Core.Diagnostics;
using Capsule.Core.Identity;

namespace Capsule.Core.Tests.Identity;

/// <summary>Short forms for trees in tests.</summary>
internal static class TreeOf
{
    public const string EmptyFile = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    public static TreeEntry File(string path) => TreeEntry.File(path, 0, EmptyFile);

    public static TreeEntry Link(string path, string target) => TreeEntry.Link(path, target);

    public static Result<TreeDocument> Entries(params IEnumerable<TreeEntry> entries) => TreeDocument.Create(entries);

    public static string Codes(Result<TreeDocument> result) => string.Join(' ', result.Diagnostics.Select(d => d.Code).Distinct());
}
