namespace Capsule.Trust.Quorum.Counting;

/// <summary>What a registered key is worth; where one key is registered twice, the higher value holds for both.</summary>
public enum KeyStanding
{
    /// <summary>Its signatures count.</summary>
    Usable,

    /// <summary>Its algorithm does not count here. A member who needs all keys still needs this one, beside a usable one.</summary>
    NotAccepted,

    /// <summary>Its time is over, or has not come.</summary>
    Expired,

    /// <summary>It counts for nothing.</summary>
    Revoked,
}
