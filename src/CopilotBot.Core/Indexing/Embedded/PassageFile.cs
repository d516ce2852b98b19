using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace CopilotBot.Indexing.Embedded;

/// <summary>
/// A pair of files as long as one commit vouches for, mapped for reading. Snapshots share it and count their holds; the last one to let
/// go unmaps it and, where a later commit has no use for the files, deletes them.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Holds are counted: the last Release disposes.")]
internal sealed class PassageFile
{
    private readonly string _folder;
    private readonly MappedBytes _rows;
    private readonly MappedBytes _payload;
    private readonly int _sentenceDimensions;
    private readonly int _tokenDimensions;
    private int _holds = 1;
    private volatile bool _obsolete;

    public PassageFile(string folder, PassageFileLength length, int sentenceDimensions, int tokenDimensions)
    {
        _folder = folder;
        Length = length;
        _sentenceDimensions = sentenceDimensions;
        _tokenDimensions = tokenDimensions;
        _rows = new MappedBytes(PassageLayout.RowsPath(folder, length.Number), (long)length.Rows * PassageLayout.RowBytes(sentenceDimensions));
        try
        {
            _payload = new MappedBytes(PassageLayout.PayloadPath(folder, length.Number), length.PayloadBytes);
        }
        catch
        {
            _rows.Dispose();
            throw;
        }
    }

    public PassageFileLength Length { get; }

    public ReadOnlySpan<sbyte> SentenceVector(int slot) =>
        MemoryMarshal.Cast<byte, sbyte>(Row(slot)[PassageLayout.HeaderBytes..]);

    public PassageRecord Read(int slot)
    {
        var row = Row(slot);
        var payload = _payload.Read(BinaryPrimitives.ReadInt64LittleEndian(row), BinaryPrimitives.ReadInt32LittleEndian(row[8..]));
        var tokens = BinaryPrimitives.ReadInt32LittleEndian(row[12..]);
        return new PassageRecord(MemoryMarshal.Cast<byte, sbyte>(row[PassageLayout.HeaderBytes..]), tokens, _tokenDimensions, payload);
    }

    public void Hold() => Interlocked.Increment(ref _holds);

    /// <summary>To be called before the last hold is released.</summary>
    public void DeleteWhenReleased() => _obsolete = true;

    public void Release()
    {
        if (Interlocked.Decrement(ref _holds) > 0)
        {
            return;
        }

        _rows.Dispose();
        _payload.Dispose();
        if (_obsolete)
        {
            PassageFolder.TryDelete(PassageLayout.RowsPath(_folder, Length.Number));
            PassageFolder.TryDelete(PassageLayout.PayloadPath(_folder, Length.Number));
        }
    }

    private ReadOnlySpan<byte> Row(int slot)
    {
        var bytes = PassageLayout.RowBytes(_sentenceDimensions);
        return _rows.Read((long)slot * bytes, bytes);
    }
}
