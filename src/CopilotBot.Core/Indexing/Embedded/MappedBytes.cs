using System.IO.MemoryMappedFiles;

namespace CopilotBot.Indexing.Embedded;

/// <summary>A file mapped for reading. Whoever reads must keep it from being disposed meanwhile: a read of unmapped memory ends the process.</summary>
internal sealed unsafe class MappedBytes : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;
    private readonly long _length;

    public MappedBytes(string path, long length)
    {
        // Shared for writing: the writer appends to the file past the mapped length.
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        _file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        _start += _view.PointerOffset;
        _length = length;
    }

    /// <exception cref="InvalidDataException">The range is not inside the file, so what named it is damaged.</exception>
    public ReadOnlySpan<byte> Read(long offset, int count) =>
        offset >= 0 && count >= 0 && offset <= _length - count
            ? new ReadOnlySpan<byte>(_start + offset, count)
            : throw new InvalidDataException($"Range {offset}+{count} is outside of a file of {_length} bytes.");

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
