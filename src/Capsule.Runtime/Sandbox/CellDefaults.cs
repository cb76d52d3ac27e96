namespace Capsule.Runtime.Sandbox;

/// <summary>What a cell gets where its plan is silent.</summary>
internal static class CellDefaults
{
    public const string Tmp = "/tmp";
    public const string SharedMemory = "/dev/shm";
    public const long TmpBytes = 1L << 30;

    /// <summary>What Chromium and PostgreSQL need; half the memory would be the kernel's own default.</summary>
    public const long SharedMemoryBytes = 256L << 20;

    public const int Pids = 2048;
    public const int Files = 65536;

    /// <summary>The init's own threads count towards its user's processes.</summary>
    public const int InitThreads = 4;
}
