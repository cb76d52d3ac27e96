namespace Capsule.Runtime.Network;

/// <summary>What is checked on a connection to a granted host.</summary>
internal enum EgressProtocol
{
    /// <summary>Bytes as they come; TLS, where it is spoken from the start, must name the host.</summary>
    Any,

    /// <summary>One request per connection, for this host.</summary>
    Http,

    /// <summary>TLS that names the host.</summary>
    Https,
}
