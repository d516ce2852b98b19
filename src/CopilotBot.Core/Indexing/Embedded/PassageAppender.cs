using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace CopilotBot.Indexing.Embedded;

/// <summary>
/// Appends passages behind the last commit. Nothing of it counts before a commit names the new lengths; disposing without one leaves a
/// tail that the next appender overwrites.
/// </summary>
internal sealed class PassageAppender(PassageFolder folder, IndexManifest manifest, int passagesPerFile) : IDisposable
{
    private readonly SortedDictionary<int, PassageFileLength> _lengths = new(manifest.Files.ToDictionary(file => file.Number));
    private readonly byte[] _header = new byte[PassageLayout.HeaderBytes];
    private FileStream? _rows;
    private FileStream? _payload;
    private int _number;
    private int _nextNumber = manifest.NextFile;

    /// <summary>Takes a file out of the next commit; what still lives in it must be appended anew.</summary>
    public void Drop(int number) => _lengths.Remove(number);

    public PassageAddress Append(ReadOnlySpan<sbyte> sentenceVector, ReadOnlySpan<int> tokenIds, ReadOnlySpan<sbyte> tokenVectors, ReadOnlySpan<byte> json)
    {
        var (rows, payload) = Streams(sentenceVector.Length);
        var address = Advance(sizeof(int) * tokenIds.Length + tokenVectors.Length + json.Length, tokenIds.Length);
        rows.Write(_header);
        rows.Write(MemoryMarshal.AsBytes(sentenceVector));
        payload.Write(MemoryMarshal.AsBytes(tokenIds));
        payload.Write(MemoryMarshal.AsBytes(tokenVectors));
        payload.Write(json);
        return address;
    }

    public PassageAddress Copy(PassageRecord record)
    {
        var (rows, payload) = Streams(record.SentenceVector.Length);
        var address = Advance(record.Payload.Length, record.TokenCount);
        rows.Write(_header);
        rows.Write(MemoryMarshal.AsBytes(record.SentenceVector));
        payload.Write(record.Payload);
        return address;
    }

    /// <summary>Makes everything appended durable.</summary>
    /// <returns>The files as the next commit must name them.</returns>
    public (IReadOnlyList<PassageFileLength> Files, int NextFile) Flush()
    {
        _rows?.Flush(flushToDisk: true);
        _payload?.Flush(flushToDisk: true);
        return ([.. _lengths.Values], _nextNumber);
    }

    public void Dispose()
    {
        _rows?.Dispose();
        _payload?.Dispose();
        _rows = null;
        _payload = null;
    }

    private PassageAddress Advance(int payloadBytes, int tokens)
    {
        var length = _lengths[_number];
        BinaryPrimitives.WriteInt64LittleEndian(_header, length.PayloadBytes);
        BinaryPrimitives.WriteInt32LittleEndian(_header.AsSpan(8), payloadBytes);
        BinaryPrimitives.WriteInt32LittleEndian(_header.AsSpan(12), tokens);
        _lengths[_number] = length with { Rows = length.Rows + 1, PayloadBytes = length.PayloadBytes + payloadBytes };
        return new PassageAddress(_number, length.Rows);
    }

    private (FileStream Rows, FileStream Payload) Streams(int sentenceDimensions)
    {
        if (_rows is not null && _payload is not null && _lengths[_number].Rows < passagesPerFile)
        {
            return (_rows, _payload);
        }

        Flush();
        Dispose();
        var last = _lengths.Count > 0 ? _lengths.Values.Last() : null;
        if (last is null || last.Rows >= passagesPerFile)
        {
            last = new PassageFileLength(_nextNumber++, 0, 0);
            _lengths[last.Number] = last;
        }

        _number = last.Number;
        _rows = Open(PassageLayout.RowsPath(folder.Path, _number), (long)last.Rows * PassageLayout.RowBytes(sentenceDimensions));
        _payload = Open(PassageLayout.PayloadPath(folder.Path, _number), last.PayloadBytes);
        return (_rows, _payload);
    }

    private static FileStream Open(string path, long length)
    {
        var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1 << 16);
        stream.Position = length;
        return stream;
    }
}
