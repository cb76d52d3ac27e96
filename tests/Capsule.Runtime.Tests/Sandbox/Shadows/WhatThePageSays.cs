using Capsule.Runtime.Shadows;

namespace Capsule.Runtime.Tests.Sandbox.Shadows;

/// <summary>The page on running shows the list of protected names, which is written once.</summary>
[TestClass]
public class WhatThePageSays
{
    [TestMethod]
    public void IsTheListOfProtectedNames()
    {
        var page = Page();
        if (page is null)
        {
            // The ordinary user's copy of these tests lies outside of the checkout.
            return;
        }

        foreach (var group in ProtectedNames.All)
        {
            var row = $"| {string.Join(' ', group.Patterns.Select(p => $"`{p}`"))} | {group.Reason}{(group.Folders ? " (folders too)" : "")} |";
            StringAssert.Contains(page, row);
        }
    }

    private static string? Page()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Capsule.sln")))
            {
                return File.ReadAllText(Path.Combine(folder, "sdk", "docs", "running.md"));
            }
        }

        return null;
    }
}
