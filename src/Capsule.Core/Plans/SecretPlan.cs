namespace Capsule.Core.Plans;

/// <summary>How a secret reaches a process.</summary>
public enum SecretDelivery
{
    Bridge,
    File,
}

/// <summary>A secret by reference.</summary>
public sealed record SecretPlan(string Id, SecretDelivery Delivery, Permission? Permission = null);
