using Capsule.Core.Diagnostics;
using Capsule.Core.Files;
using Capsule.Core.Text;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Envelopes;
using Capsule.Trust.Keys;
using Capsule.Trust.Quorum.Registry;
using Capsule.Trust.Quorum.Rotation;

namespace Capsule.Trust.Quorum;

/// <summary>
/// A trust file that is being changed. What an edit does not name keeps its bytes. Each edit gives a new value; nothing is
/// written before <see cref="Save"/>, which raises the version and refuses a result that could not be loaded.
/// </summary>
public sealed record TrustFile
{
    private const string Beginning =
        """
        # Who may release what. Edited by 'capsule trust' and by hand; raise 'version' with every change.
        version = 0

        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TomlEditor _editor;

    private TrustFile(string path, TomlEditor editor) => (Path, _editor) = (path, editor);

    /// <summary>Absolute.</summary>
    public string Path { get; }

    /// <summary>The text as it would be written, with the old version.</summary>
    public string Text => _editor.Text;

    /// <summary>Opens a good trust file; no file is an empty one (CAP3100 to CAP3121).</summary>
    public static Result<TrustFile> Open(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        if (!File.Exists(path))
        {
            return Edited(path, TomlEditor.Open(new SourceText(path, Beginning)));
        }

        var policy = TrustFileReader.Load(path);
        if (!policy.Succeeded)
        {
            return Result.Failed<TrustFile>(policy.Diagnostics);
        }

        var source = SourceText.Load(path);
        return source.Succeeded ? Edited(path, TomlEditor.Open(source.Value)) : Result.Failed<TrustFile>(source.Diagnostics);
    }

    /// <summary>Adds <c>[signers.NAME]</c> (CAP3122 when the name is taken).</summary>
    public Result<TrustFile> AddSigner(string name, KeyPurpose purpose, IReadOnlyList<PublicKey> keys, bool requireAllKeys = false)
    {
        if (NodePath.Find(_editor.Root, ["signers", name]) is not null)
        {
            return PolicyDiagnostics.SignerExists.In(Path, name);
        }

        List<KeyValuePair<string, Node>> entries = [new("purpose", Nodes.String(purpose.Name()))];
        if (requireAllKeys)
        {
            entries.Add(new("require_all_keys", Nodes.Boolean(true)));
        }

        entries.Add(new("keys", Nodes.List(keys.Select(k => KeyEntry(k)))));
        return Edited(Path, _editor.AppendTable(["signers", name], entries));
    }

    /// <summary>Adds a signer, or a further key to one that is there (CAP3164 when that one is for something else).</summary>
    public Result<TrustFile> Register(string signer, KnownKey key)
    {
        var policy = TrustFileReader.Read(_editor.Source);
        if (policy.Value?.Signers.GetValueOrDefault(signer) is not { } known)
        {
            return AddSigner(signer, key.Purpose, [key.Key]);
        }

        return known.Purpose != key.Purpose ? PolicyDiagnostics.OtherPurpose.In(Path, signer, known.Purpose.Name(), key.Purpose.Name())
            : known.Keys.Contains(key.Key) ? this
            : Edited(Path, _editor.Set(["signers", signer, "keys", known.Keys.Count], KeyEntry(key.Key)));
    }

    /// <summary>Puts a key into the place of another, which is revoked or ends (CAP3162 to CAP3164).</summary>
    public Result<TrustFile> Rotate(KeyRotation rotation)
    {
        var policy = TrustFileReader.Read(_editor.Source);
        var owner = policy.Value?.Signers.Values.FirstOrDefault(s => s.Keys.Any(k => k.Fingerprint == rotation.Old.Fingerprint));
        if (owner is null)
        {
            return policy.Succeeded ? PolicyDiagnostics.KeyNotThere.In(Path, rotation.Old.Fingerprint) : Result.Failed<TrustFile>(policy.Diagnostics);
        }

        if (owner.Purpose != rotation.New.Purpose)
        {
            return PolicyDiagnostics.OtherPurpose.In(Path, owner.Name, owner.Purpose.Name(), rotation.New.Purpose.Name());
        }

        var at = owner.Keys.ToList().FindIndex(k => k.Fingerprint == rotation.Old.Fingerprint);
        TomlStep[] place = ["signers", owner.Name, "keys", at];
        if (rotation.Until is null)
        {
            var replaced = Edited(Path, _editor.Set(place, KeyEntry(rotation.New.Key)));
            return replaced.Succeeded ? replaced.Value.Revoke(rotation.Old.Fingerprint, rotation.Reason) : replaced;
        }

        if (owner.RequireAllKeys)
        {
            return PolicyDiagnostics.HybridKeepsNone.In(Path, owner.Name);
        }

        var ending = _editor.Set(place, KeyEntry(owner.Keys[at], rotation.Until));
        return ending.Succeeded
            ? Edited(Path, ending.Value.Set(["signers", owner.Name, "keys", owner.Keys.Count], KeyEntry(rotation.New.Key)))
            : Result.Failed<TrustFile>(ending.Diagnostics);
    }

    /// <summary>
    /// Lets a signer speak in a role about what the pattern covers: in the role of the scope that has exactly this pattern, whose
    /// threshold stays, or in a new scope with threshold 1, which then requires this role.
    /// </summary>
    public Result<TrustFile> AddToScope(string match, string signer, string role = ReleasePredicate.DefaultRole)
    {
        if (IndexOf(match) is not { } index)
        {
            var first = Nodes.Map([new("signers", Nodes.Strings([signer])), new("threshold", Nodes.Integer(1))]);
            List<KeyValuePair<string, Node>> entries = [new("match", Nodes.String(match)), new("roles", Nodes.Map([new(role, first)]))];
            return Edited(Path, _editor.AppendItem(
                ["scope"], role == ReleasePredicate.DefaultRole ? entries : [.. entries, new("require", Nodes.Strings([role]))]));
        }

        TomlStep[] signers = ["scope", index, "roles", role, "signers"];
        return NodePath.Find(_editor.Root, signers) switch
        {
            SequenceNode list when list.Items.Any(i => IsText(i, signer)) => this,
            SequenceNode list => Edited(Path, _editor.Set([.. signers, list.Items.Count], Nodes.String(signer))),
            _ => Edited(Path, _editor.Set(
                signers[..^1], Nodes.Map([new("signers", Nodes.Strings([signer])), new("threshold", Nodes.Integer(1))]))),
        };
    }

    /// <summary>Takes a scope away (CAP3123 when there is none of this pattern).</summary>
    public Result<TrustFile> RemoveScope(string match) => IndexOf(match) is { } index
        ? Edited(Path, _editor.Remove(["scope", index]))
        : PolicyDiagnostics.NotThere.In(Path, match);

    /// <summary>Takes a signer away (CAP3123); a scope that still names it makes <see cref="Save"/> fail with CAP3105.</summary>
    public Result<TrustFile> RemoveSigner(string name) => NodePath.Find(_editor.Root, ["signers", name]) is null
        ? PolicyDiagnostics.NotThere.In(Path, name)
        : Edited(Path, _editor.Remove(["signers", name]));

    /// <summary>Adds a revoked key, unless it is there already.</summary>
    /// <param name="fingerprint"><c>sha256:</c> and 64 lower-case hex digits.</param>
    /// <param name="reason">For people.</param>
    public Result<TrustFile> Revoke(string fingerprint, string reason) =>
        Items("revoked").Any(r => IsText(r.Find("key")?.Value, fingerprint))
            ? this
            : Edited(Path, _editor.AppendItem(["revoked"], [new("key", Nodes.String(fingerprint)), new("reason", Nodes.String(reason))]));

    /// <summary>
    /// Opens a trust file, changes it and writes it, in one turn: of two who do this at once, the second changes what the first has
    /// written (CAP3100 to CAP3160).
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="change">The edits.</param>
    /// <param name="used">What the machine has used: a version that waits for signatures is changed, not followed by another.</param>
    /// <param name="patience">How long to wait for another process; 30 seconds when null.</param>
    public static Result<TrustPolicy> Edit(string path, Func<TrustFile, Result<TrustFile>> change, TrustState? used = null, TimeSpan? patience = null)
    {
        try
        {
            PrivateFile.CreateFolder(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
            using var turn = WriteTurn.Take(path, patience ?? Patience);
            if (turn is null)
            {
                return PolicyDiagnostics.Busy.In(path, path);
            }

            var opened = Open(path);
            var changed = opened.Succeeded ? change(opened.Value) : opened;
            return changed.Succeeded ? changed.Value.Save(used?.Roots.GetValueOrDefault(changed.Value.Path)) : Result.Failed<TrustPolicy>(changed.Diagnostics);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return KeyDiagnostics.FileNotWritten.Now(path, problem.Message);
        }
    }

    /// <summary>
    /// Raises the version by one and writes the file whole or not at all; the policy that it now is. A file with a root role gets the version
    /// after the one that was used, and a warning that says who must sign it (CAP3128).
    /// </summary>
    public Result<TrustPolicy> Save(PolicyRoot? used = null)
    {
        var version = used?.Version ?? (NodePath.Find(_editor.Root, ["version"]) is ScalarNode { Value: long number } ? number : 0);
        var raised = _editor.Set(["version"], Nodes.Integer(version + 1));
        if (!raised.Succeeded)
        {
            return Result.Failed<TrustPolicy>(raised.Diagnostics);
        }

        var policy = TrustFileReader.Read(raised.Value.Source);
        if (!policy.Succeeded)
        {
            return policy;
        }

        try
        {
            PrivateFile.CreateFolder(System.IO.Path.GetDirectoryName(Path)!);
            PrivateFile.Write(Path, System.Text.Encoding.UTF8.GetBytes(raised.Value.Text), isPublic: true, replace: true);
            var needed = PolicyRotation.Count(policy.Value, used, SignatureLines.None);
            return needed.Count == 0 ? policy : policy with
            {
                Diagnostics = [.. policy.Diagnostics, PolicyDiagnostics.MustBeSigned.In(Path, Path, policy.Value.Version, string.Join("; and ", needed.Select(n => n.Needs)))],
            };
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return KeyDiagnostics.FileNotWritten.Now(Path, problem.Message);
        }
    }

    private static Result<TrustFile> Edited(string path, Result<TomlEditor> editor) =>
        editor.Succeeded ? new TrustFile(path, editor.Value) : Result.Failed<TrustFile>(editor.Diagnostics);

    private static Node KeyEntry(PublicKey key, DateTimeOffset? expires = null) => Nodes.Map(
    [
        new("algorithm", Nodes.String(key.Algorithm.Name)), new("spki", Nodes.String(key.SpkiBase64)),
        .. expires is { } end ? [new("expires", Nodes.Moment(end))] : Array.Empty<KeyValuePair<string, Node>>(),
    ]);

    private static bool IsText(Node? node, string text) => node is ScalarNode { Value: string value } && value == text;

    private IEnumerable<MappingNode> Items(string list) =>
        NodePath.Find(_editor.Root, [list]) is SequenceNode items ? items.Items.OfType<MappingNode>() : [];

    private int? IndexOf(string match)
    {
        var index = Items("scope").ToList().FindIndex(s => IsText(s.Find("match")?.Value, match));
        return index < 0 ? null : index;
    }
}
