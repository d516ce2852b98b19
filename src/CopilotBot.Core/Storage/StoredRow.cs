using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using LiteDB;
using JsonSerializer = System.Text.Json.JsonSerializer;

namespace CopilotBot.Storage;

/// <summary>A record as LiteDB keeps it: a key, fields to search by, and the record itself as JSON.</summary>
internal static class StoredRow
{
    /// <summary>LiteDB takes keys of up to 1,023 bytes; the path of a file may be longer.</summary>
    private const int MaximumKeyBytes = 900;

    /// <summary>The id itself, or a hash of it when it is too long for a key. A hash cannot be mistaken for an id: it has no colon.</summary>
    public static BsonValue Key(string id) =>
        Encoding.UTF8.GetByteCount(id) <= MaximumKeyBytes ? id : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)));

    public static BsonDocument Of<T>(string id, T record, JsonTypeInfo<T> type) => new() { ["_id"] = Key(id), ["json"] = JsonSerializer.Serialize(record, type) };

    public static T Parse<T>(BsonDocument row, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(row["json"].AsString, type) ?? throw new InvalidDataException($"The stored record {row["_id"].AsString} is empty.");

    /// <summary>For records of many kilobytes: a page with its blocks shrinks to about an eighth, and so do LiteDB's caches.</summary>
    public static byte[] Pack<T>(T record, JsonTypeInfo<T> type)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest))
        {
            JsonSerializer.Serialize(brotli, record, type);
        }

        return packed.ToArray();
    }

    public static T Unpack<T>(byte[] packed, JsonTypeInfo<T> type)
    {
        using var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        return JsonSerializer.Deserialize(brotli, type) ?? throw new InvalidDataException("A stored record is empty.");
    }
}
