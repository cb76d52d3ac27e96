using Capsule.Core.Diagnostics;
using Capsule.Core.Files;
using Capsule.Core.Text;
using Capsule.Families.Atoms;
using Capsule.Families.Atoms.Catalogs;
using Capsule.Families.Atoms.Edits;
using Capsule.Trust.Keys;
using Capsule.Trust.Quorum.Registry;

namespace Capsule.Operations.Atoms.Registry;

/// <summary>
/// Keys in <c>ATOMS.yml</c> (specs: atoms 4, 16). Of two who edit it at once, the second edits what the first has written. The result is
/// read again before it is written, and must say what was asked and nothing else.
/// </summary>
/// <param name="root">The catalog's folder.</param>
/// <param name="now">For the times that are written.</param>
/// <param name="patience">How long to wait for another process; 30 seconds when null.</param>
public sealed class CatalogKeyRegistry(string root, DateTimeOffset now, TimeSpan? patience = null) : IKeyRegistry
{
    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(root)), AtomNames.CatalogName);

    private string Root => System.IO.Path.GetDirectoryName(Path)!;

    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    /// <summary>True when the catalog can be read and registers the key.</summary>
    public bool Knows(KeyName key) => AtomCatalogReader.Load(Root).Value is { } catalog && CatalogKeys.Find(catalog, key).Succeeded;

    /// <summary>One more entry of <c>keys</c>, which is made where it is missing (CAP0861, CAP0862, CAP0883 to CAP0886, CAP0890, CAP0891, CAP0925, CAP3210, CAP3221).</summary>
    public Result<string> Register(KeyRegistration registration) => Edit(
        keys => keys.Register(registration.Id, registration.Key, registration.Role!),
        $"The key '{registration.Id}' is registered with the role {registration.Role}: {AtomKeys.Fingerprint(registration.Key.Key)}.");

    /// <summary>Every entry of the key gets <c>revoked</c>, <c>revoked_at</c> and <c>revocation_reason</c> (as for <see cref="Register"/>; CAP0841).</summary>
    public Result<string> Revoke(KeyName key, string reason) => Edit(
        keys => ForEach(keys, key, (all, entry) => all.Revoke(entry, reason)),
        $"The key '{key.Text}' is revoked.");

    /// <summary>The new key gets the role of the old one, which is revoked or gets <c>expires_at</c> (as for <see cref="Revoke"/>).</summary>
    public Result<string> Rotate(KeyRotation rotation) => Edit(
        keys => Rotate(keys, rotation),
        rotation.Until is { } until
            ? $"The key '{rotation.NewId}' counts; '{rotation.Old.Text}' counts beside it until {Rfc3339.Write(until)}."
            : $"The key '{rotation.NewId}' has taken the place of '{rotation.Old.Text}', which is revoked.");

    private static Result<CatalogKeys> Rotate(CatalogKeys keys, KeyRotation rotation)
    {
        var old = CatalogKeys.Find(keys.Catalog, rotation.Old);
        var ended = old.Succeeded
            ? ForEach(keys, rotation.Old, (all, entry) => rotation.Until is { } until ? all.End(entry, until) : all.Revoke(entry, rotation.Reason))
            : Result.Failed<CatalogKeys>(old.Diagnostics);
        return ended.Succeeded ? ended.Value.Register(rotation.NewId, rotation.New, old.Value![0].Role) : ended;
    }

    private static Result<CatalogKeys> ForEach(CatalogKeys keys, KeyName name, Func<CatalogKeys, AtomKey, Result<CatalogKeys>> change)
    {
        var found = CatalogKeys.Find(keys.Catalog, name);
        return found.Succeeded
            ? found.Value.Aggregate(Result.Of(keys), (all, entry) => all.Succeeded ? change(all.Value, entry) : all)
            : Result.Failed<CatalogKeys>(found.Diagnostics);
    }

    private Result<string> Edit(Func<CatalogKeys, Result<CatalogKeys>> change, string done)
    {
        if (!File.Exists(Path))
        {
            return AtomCatalogDiagnostics.NoCatalog.In(Path, $"in '{Root}'");
        }

        try
        {
            using var turn = WriteTurn.Take(Path, patience ?? TimeSpan.FromSeconds(30));
            return turn is null ? AtomRegistryDiagnostics.Busy.In(Path) : InTurn(change, done);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return AtomFileDiagnostics.NotWritten.In(Path, problem.Message);
        }
    }

    private Result<string> InTurn(Func<CatalogKeys, Result<CatalogKeys>> change, string done)
    {
        var bytes = RegularFile.ReadAllBytes(Path, SourceText.ManifestLimit);
        var text = SourceText.Decode(Path, bytes);
        var catalog = text.Succeeded ? AtomCatalogReader.Read(text.Value, Root) : Result.Failed<AtomCatalog>(text.Diagnostics);
        if (!catalog.Succeeded)
        {
            return Result.Failed<string>(catalog.Diagnostics);
        }

        var changed = change(new CatalogKeys(catalog.Value, YamlEditor.Open(text.Value!).Value!, catalog.Value.Keys, now));
        if (!changed.Succeeded)
        {
            return Result.Failed<string>(changed.Diagnostics);
        }

        var edited = changed.Value.Text;
        var after = AtomCatalogReader.Read(edited.Source, Root);
        if (!after.Succeeded)
        {
            return Result.Failed<string>(after.Diagnostics);
        }

        if (!Said(after.Value.Keys).SequenceEqual(Said(changed.Value.Keys)))
        {
            throw new InvalidOperationException("ATOMS.yml would not say what was asked.");
        }

        byte[] content = [.. bytes.AsSpan().StartsWith(Mark) ? Mark : [], .. System.Text.Encoding.UTF8.GetBytes(edited.Text)];
        if (content.AsSpan().SequenceEqual(bytes))
        {
            return done;
        }

        // An editor waits for no turn.
        if (!RegularFile.ReadAllBytes(Path, SourceText.ManifestLimit).AsSpan().SequenceEqual(bytes))
        {
            return AtomFileDiagnostics.Changed.In(Path);
        }

        WholeFile.Write(Path, content, OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(Path), hidden: true);
        return Result.Of(done, after.Diagnostics);
    }

    private static IEnumerable<AtomKey> Said(IEnumerable<AtomKey> keys) => keys.Select(k => k with { Place = default });
}
