using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CopilotBot.FakeIdentity;

/// <summary>
/// A token before it is signed, good or forged. A channel's token holds aud, exp, iss, nbf and "serviceurl", all in lower case, and nothing else (facts 1.1). Made by
/// hand, not by the library that checks it.
/// </summary>
public sealed class TokenDraft
{
    public TokenDraft(SigningKey key, string audience, string serviceUrl, DateTimeOffset now)
    {
        (Key, KeyId) = (key.Rsa, key.KeyId);
        Claims = new Dictionary<string, object?>
        {
            ["iss"] = "https://api.botframework.com",
            ["aud"] = audience,
            ["serviceurl"] = serviceUrl,
            ["nbf"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.AddHours(1).ToUnixTimeSeconds(),
        };
    }

    /// <summary>RS256, RS384, RS512, PS256, HS256 (signed with the public key, as those do who confuse the two) or none.</summary>
    public string Algorithm { get; set; } = "RS256";

    /// <summary>What the header says; null leaves it out.</summary>
    public string? KeyId { get; set; }

    /// <summary>What signs, whatever the header says.</summary>
    public RSA Key { get; set; }

    public IDictionary<string, object?> Claims { get; }

    public string Sign()
    {
        Dictionary<string, string> header = new() { ["alg"] = Algorithm, ["typ"] = "JWT" };
        if (KeyId is not null)
        {
            header["kid"] = KeyId;
        }

        var content = $"{Encode(JsonSerializer.SerializeToUtf8Bytes(header))}.{Encode(JsonSerializer.SerializeToUtf8Bytes(Claims))}";
        return $"{content}.{Encode(SignatureOf(Encoding.ASCII.GetBytes(content)))}";
    }

    private byte[] SignatureOf(byte[] content) => Algorithm switch
    {
        "RS256" => Key.SignData(content, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        "RS384" => Key.SignData(content, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1),
        "RS512" => Key.SignData(content, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1),
        "PS256" => Key.SignData(content, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
        "HS256" => HMACSHA256.HashData(Key.ExportSubjectPublicKeyInfo(), content),
        _ => [],
    };

    private static string Encode(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
