using System.CommandLine;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Operations.Secrets;
using Capsule.Runtime.Secrets;

namespace Capsule.Cli.Commands.Secrets;

/// <summary>What the verbs for secrets share: which Kit is meant, or the vault.</summary>
internal sealed class SecretCall
{
    private readonly Option<string?> _kit = new("--kit")
    {
        Description = "The Kit: a folder with a manifest, the manifest, publisher/slug[@version], a package file or a repository; the current folder otherwise.",
        HelpName = "PACKAGE",
    };

    public Argument<string> Id { get; } = new("ID") { Description = "The secret's id, as the Kit declares it." };

    public Option<bool> Vault { get; } = new("--vault") { Description = "Mean the vault, which Kits share and only Relays use." };

    public IReadOnlyList<Symbol> Target => [_kit, Vault];

    /// <summary>True when a Kit was named.</summary>
    public bool HasKit(VerbContext context) => context.Get(_kit) is not null;

    public static SecretStore Store(VerbContext context) => SecretStore.In(context.Home);

    /// <summary>The Kit and its place.</summary>
    public async Task<Result<Found>> FindAsync(VerbContext context, CancellationToken cancel)
    {
        var target = await RunTarget.FindAsync(context, context.Get(_kit) ?? ".", new PackageSelection(), requireLock: false, cancel);
        if (!target.Succeeded)
        {
            return Result.Failed<Found>(target.Diagnostics);
        }

        // A package that does not run has no plan, and no secrets.
        var package = target.Value.Compiled.Package;
        return new Found(target.Value.Compiled.Launch ?? new LaunchPlan { Package = package }, SecretPlaces.Of(package, target.Value.Folder, target.Value.IsManaged));
    }

    /// <summary>The declaration that an id means, and the place of its value (CAP5730, CAP5731).</summary>
    public Result<Chosen> Choose(VerbContext context, Found found)
    {
        var id = context.Get(Id);
        var declared = found.Plan.Secrets ?? [];
        return declared.FirstOrDefault(s => s.Id == id) is not { } secret
                ? SecretVerbDiagnostics.Undeclared.Now(found.Plan.Package.Name, SecretRules.IsName(id) ? $" '{id}'" : "", declared.Count == 0 ? "none" : string.Join(", ", declared.Select(s => s.Id)))
            : context.Get(Vault) != (secret.Keeping is SecretKeeping.Vault)
                ? SecretVerbDiagnostics.OtherStore.Now(id, found.Plan.Package.Name, secret.Keeping is SecretKeeping.Vault ? "a vault secret, which Kits share: add --vault" : "a secret of its own: leave --vault away")
            : new Chosen(secret, found.PlaceOf(secret));
    }

    internal sealed record Found(LaunchPlan Plan, SecretPlace Place)
    {
        public SecretPlace PlaceOf(DeclaredSecret secret) => secret.Keeping is SecretKeeping.Vault ? SecretPlace.Vault : Place;
    }

    internal sealed record Chosen(DeclaredSecret Secret, SecretPlace Place);
}
