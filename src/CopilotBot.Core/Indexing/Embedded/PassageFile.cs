using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace CopilotBot.Indexing.Embedded;

/// <summary>
/// A pair of files as long as one commit vouches for. Rows are mapped, since a dense search reads all of them; payloads are read piece by piece, so that what
/// is asked for over time does not pile up as resident memory. Snapshots share it and count their holds; the last one to let go closes it and, where a later
/// commit has no use for the files, deletes them.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Holds are counted: the last Release disposes.")]
internal sealed class PassageFile
{
    private readonly string _folder;
    private readonly MappedBytes _rows;
    private readonly SafeFileHandle _payload;
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
            // Shared for writing: the writer appends to the file past the length of this commit.
            _payload = File.OpenHandle(PassageLayout.PayloadPath(folder, length.Number), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.RandomAccess);
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
        var payload = GC.AllocateUninitializedArray<byte>(Math.Max(0, BinaryPrimitives.ReadInt32LittleEndian(row[8..])));
        ReadPayload(BinaryPrimitives.ReadInt64LittleEndian(row), payload);
        return new PassageRecord(MemoryMarshal.Cast<byte, sbyte>(row[PassageLayout.HeaderBytes..]), BinaryPrimitives.ReadInt32LittleEndian(row[12..]), _tokenDimensions, payload);
    }

    /// <summary>Reads the token vectors alone.</summary>
    /// <param name="buffer">Of the shared pool; exchanged for a longer one where it is too short. What is returned lies in it.</param>
    public ReadOnlySpan<sbyte> ReadTokenVectors(int slot, ref byte[] buffer)
    {
        var row = Row(slot);
        var tokens = BinaryPrimitives.ReadInt32LittleEndian(row[12..]);
        var length = (long)tokens * _tokenDimensions;
        if (tokens < 0 || length > BinaryPrimitives.ReadInt32LittleEndian(row[8..]))
        {
            throw new InvalidDataException($"A passage of {BinaryPrimitives.ReadInt32LittleEndian(row[8..])} bytes cannot hold the vectors of {tokens} tokens.");
        }

        if (buffer.Length < length)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = ArrayPool<byte>.Shared.Rent((int)length);
        }

        var vectors = buffer.AsSpan(0, (int)length);
        ReadPayload(BinaryPrimitives.ReadInt64LittleEndian(row) + ((long)tokens * sizeof(int)), vectors);
        return MemoryMarshal.Cast<byte, sbyte>(vectors);
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

    private void ReadPayload(long offset, Span<byte> bytes)
    {
        if (offset < 0 || offset > Length.PayloadBytes - bytes.Length || RandomAccess.Read(_payload, bytes, offset) < bytes.Length)
        {
            throw new InvalidDataException($"Range {offset}+{bytes.Length} is outside of a payload of {Length.PayloadBytes} bytes.");
        }
    }

    private ReadOnlySpan<byte> Row(int slot)
    {
        var bytes = PassageLayout.RowBytes(_sentenceDimensions);
        return _rows.Read((long)slot * bytes, bytes);
    }
}
