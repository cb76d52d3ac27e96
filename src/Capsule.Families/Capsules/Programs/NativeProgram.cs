namespace Capsule.Families.Capsules.Programs;

/// <summary>How the entrypoint of a native target is started.</summary>
internal enum NativeForm
{
    /// <summary>The kernel starts it: ELF, or a script that names its interpreter.</summary>
    Direct,

    /// <summary>A <c>.sh</c> file without <c>#!</c>, for the shell.</summary>
    Shell,

    /// <summary>A <c>.py</c> file, for Python whatever its first line says, so that its packages are found (specs: ato 1.3).</summary>
    Python,

    /// <summary>A program of another operating system.</summary>
    Foreign,
}

/// <summary>What the entrypoint of a native target turns out to be.</summary>
/// <param name="Form">How to start it.</param>
/// <param name="Elf">What it needs of the machine, when it is an ELF program.</param>
internal sealed record NativeProgram(NativeForm Form, ElfProgram? Elf = null)
{
    /// <summary>Null when the file is nothing that can be started.</summary>
    public static NativeProgram? Find(string file)
    {
        if (file.EndsWith(".py", StringComparison.Ordinal))
        {
            return new NativeProgram(NativeForm.Python);
        }

        Span<byte> head = stackalloc byte[4];
        using (var stream = File.OpenRead(file))
        {
            head = head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        }

        return head switch
        {
            _ when ElfProgram.IsElf(head) => ElfProgram.Read(file) is { } elf ? new NativeProgram(NativeForm.Direct, elf) : null,
            [(byte)'#', (byte)'!', ..] => new NativeProgram(NativeForm.Direct),
            [(byte)'M', (byte)'Z', ..] or [0xCF, 0xFA, 0xED, 0xFE] or [0xCA, 0xFE, 0xBA, 0xBE] => new NativeProgram(NativeForm.Foreign),
            _ when file.EndsWith(".sh", StringComparison.Ordinal) => new NativeProgram(NativeForm.Shell),
            _ => null,
        };
    }
}
