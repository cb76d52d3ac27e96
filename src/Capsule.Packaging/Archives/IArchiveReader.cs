namespace Capsule.Packaging.Archives;

/// <summary>Reads an archive of any format, member by member.</summary>
internal interface IArchiveReader : IDisposable
{
    /// <summary>The next member; null at the end.</summary>
    ArchiveMember? Next();

    /// <summary>Content of the member that <see cref="Next"/> gave last, valid until the next call.</summary>
    Stream Content { get; }
}
