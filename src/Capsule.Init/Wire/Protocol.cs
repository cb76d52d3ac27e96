namespace Capsule.Init.Wire;

/// <summary>What runner and init must agree on.</summary>
internal static class Protocol
{
    /// <summary>Raised with every change of packets, descriptors or the process specification.</summary>
    public const int Version = 4;

    /// <summary>Where the init stands inside a cell.</summary>
    public const string InitPath = "/.capsule/init";

    public const string OuterMode = "outer";
    public const string EnterMode = "enter";
    public const string CellMode = "cell";
    public const string ExecMode = "exec";
    public const string ProbeMode = "probe";

    /// <summary>The descriptor at which a cell finds its control socket, and bubblewrap passes it on.</summary>
    public const int ControlDescriptor = 3;

    /// <summary>The descriptor at which bubblewrap finds its arguments.</summary>
    public const int ArgumentsDescriptor = 4;

    /// <summary>The first descriptor of mounts and files.</summary>
    public const int FirstSourceDescriptor = 5;

    /// <summary>
    /// Where sources stand for bubblewrap when the runner is root: the run uid could not walk to their own places. Seen only in
    /// the mount namespace of that one bubblewrap. The descriptor's number follows.
    /// </summary>
    public const string Staging = "/run/";

    /// <summary>The descriptor at which an exec copy finds its specification.</summary>
    public const int SpecificationDescriptor = 3;

    /// <summary>The descriptor at which an exec copy finds its status socket.</summary>
    public const int StatusDescriptor = 4;

    /// <summary>The kernel's own bound for one message is 253 (SCM_MAX_FD).</summary>
    public const int MaxDescriptors = 250;
}
