namespace Capsule.Core.Identity;

/// <summary>What a path names, without following it.</summary>
public enum FileType
{
    Missing,
    Regular,
    Folder,
    Link,

    /// <summary>A pipe, socket or device.</summary>
    Special,
}
