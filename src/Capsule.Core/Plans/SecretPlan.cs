namespace Capsule.Core.Plans;

/// <summary>How a secret reaches a process.</summary>
public enum SecretDelivery
{
    Bridge,
    File,
}

/// <summary>A secret by reference.</summary>
/// <param name="Id">Which of <see cref="LaunchPlan.Secrets"/>.</param>
/// <param name="Delivery">How it reaches the process.</param>
/// <param name="Permission">Which entry of the manifest asks for it.</param>
public sealed record SecretPlan(string Id, SecretDelivery Delivery, Permission? Permission = null)
{
    /// <summary>What the process asks for; null when that is <see cref="Id"/>.</summary>
    public string? Name { get; init; }

    /// <summary>True when a process that asks by this name means it.</summary>
    public bool IsCalled(string name) => (Name ?? Id) == name;
}
