using System.Globalization;
using Capsule.Core.Diagnostics;
using Capsule.Trust.Envelopes;

namespace Capsule.Trust.Quorum.Registry;

/// <summary>Keys in a trust file (specs: trust 4).</summary>
/// <param name="path">The file; made when it does not exist.</param>
/// <param name="used">What the machine has used, for files with a root role.</param>
public sealed class TrustFileRegistry(string path, TrustState used) : IKeyRegistry
{
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>A new signer, or one more key of one (CAP3100 to CAP3164).</summary>
    public Result<string> Register(KeyRegistration registration) => Edit(
        file =>
        {
            var registered = file.Register(registration.Signer, registration.Key);
            return registered.Succeeded && registration.Scope is { } scope
                ? registered.Value.AddToScope(scope, registration.Signer, registration.Role ?? ReleasePredicate.DefaultRole)
                : registered;
        },
        $"The signer '{registration.Signer}' has the key {registration.Key.Key.Fingerprint}.");

    /// <summary>One more entry of <c>[[revoked]]</c>; the key need not belong to a signer here (CAP3115).</summary>
    public Result<string> Revoke(KeyName key, string reason) =>
        Edit(file => file.Revoke(key.Fingerprint, reason), $"The key {key.Fingerprint} is revoked.");

    /// <summary>The old key leaves its signer and is revoked, or stays until a date (CAP3162 to CAP3164).</summary>
    public Result<string> Rotate(KeyRotation rotation) => Edit(
        file => file.Rotate(rotation),
        rotation.Until is { } until
            ? $"The key {rotation.New.Key.Fingerprint} counts; {rotation.Old.Fingerprint} counts beside it until {until.UtcDateTime.ToString("u", CultureInfo.InvariantCulture)}."
            : $"The key {rotation.New.Key.Fingerprint} has taken the place of {rotation.Old.Fingerprint}, which is revoked.");

    private Result<string> Edit(Func<TrustFile, Result<TrustFile>> change, string done)
    {
        var edited = TrustFile.Edit(Path, change, used);
        return edited.Succeeded ? Result.Of(done, edited.Diagnostics) : Result.Failed<string>(edited.Diagnostics);
    }
}
