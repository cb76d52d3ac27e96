namespace Capsule.Runtime.Toolchains;

/// <summary>A registry leads to a host that only this machine or its network can reach.</summary>
/// <param name="host">As the registry named it.</param>
/// <param name="why">What its address is, in words.</param>
internal sealed class ForbiddenAddressException(string host, string why) : Exception($"{host} is {why}")
{
    public string Host => host;

    public string Why => why;
}
